package io.reprise.cli.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;

/** How triggers look to people. */
final class TriggerTables {

    private TriggerTables() {}

    static Table list(JsonNode triggers) {
        Table table = Table.of("NAME", "TOPIC", "ORDER", "STATE", "LAG", "PAUSED", "LAST ERROR");
        for (JsonNode trigger : triggers.path("items")) {
            table.row(
                    trigger.path("name").asText(),
                    trigger.path("topic").asText(),
                    trigger.path("order").asText(),
                    trigger.path("state").asText(),
                    Long.toString(lag(trigger)),
                    trigger.path("paused").asBoolean()
                            ? "yes: " + trigger.path("pausedReason").asText()
                            : "no",
                    trigger.path("lastError").asText());
        }
        return table;
    }

    static Table one(JsonNode trigger) {
        return Table.card(
                        trigger,
                        "name",
                        "topic",
                        "order",
                        "state",
                        "paused",
                        "pausedReason",
                        "pausedBy",
                        "lastError",
                        "updatedAt")
                .then(Table.of(trigger.path("lag"), "partition", "position", "end", "lag"));
    }

    private static long lag(JsonNode trigger) {
        long sum = 0;
        for (JsonNode partition : trigger.path("lag")) {
            sum += partition.path("lag").asLong();
        }
        return sum;
    }
}
