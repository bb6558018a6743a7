package io.reprise.cli.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;

/** How triggers look to people. */
final class TriggerTables {

    private TriggerTables() {}

    static Table list(JsonNode triggers) {
        Table table = Table.of("NAME", "TOPIC", "ORDER", "STATE", "LAG", "LOST", "PAUSED", "LAST ERROR");
        for (JsonNode trigger : triggers.path("items")) {
            table.row(
                    trigger.path("name").asText(),
                    trigger.path("topic").asText(),
                    trigger.path("order").asText(),
                    trigger.path("state").asText(),
                    Long.toString(lag(trigger)),
                    trigger.path("lost").asText(),
                    trigger.path("paused").asBoolean()
                            ? "yes: " + trigger.path("pausedReason").asText()
                            : "no",
                    trigger.path("lastError").asText());
        }
        return table;
    }

    static Table one(JsonNode trigger) {
        Table table = Table.card(
                        trigger,
                        "name",
                        "topic",
                        "/definition/group",
                        "order",
                        "filtered",
                        "state",
                        "paused",
                        "pausedReason",
                        "pausedBy",
                        "lastError",
                        "updatedAt")
                .then(Table.of(trigger.path("lag"), "partition", "position", "end", "lag"));
        if (!trigger.path("stops").isEmpty()) {
            table.note("")
                    .note("Stopped, because Kafka's log is not the one that was read:")
                    .then(Table.of(trigger.path("stops"), "partition", "position", "logStart", "logEnd", "stoppedAt"));
        }
        if (!trigger.path("losses").isEmpty()) {
            table.note("")
                    .note("Lost, because Kafka deleted it before it was read (offsets, no fewer than records):")
                    .then(Table.of(trigger.path("losses"), "partition", "from", "to", "records", "foundAt"));
        }
        return table;
    }

    static Table reset(JsonNode reset) {
        return Table.of(reset.path("partitions"), "partition", "position", "to", "again", "known", "skipped")
                .note(reset.path("done").asBoolean() ? "done" : "a plan; nothing was changed");
    }

    static Table drift(JsonNode drift) {
        return Table.of(
                        drift.path("partitions"),
                        "partition",
                        "position",
                        "committed",
                        "lastRun",
                        "start",
                        "end",
                        "deadLetters",
                        "finding")
                .note("runs missing in the last week: "
                        + drift.path("runsMissing").asText());
    }

    private static long lag(JsonNode trigger) {
        long sum = 0;
        for (JsonNode partition : trigger.path("lag")) {
            sum += partition.path("lag").asLong();
        }
        return sum;
    }
}
