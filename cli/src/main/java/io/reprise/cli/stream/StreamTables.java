package io.reprise.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;

/** How streams look to people. */
final class StreamTables {

    private StreamTables() {}

    static Table list(JsonNode streams) {
        Table table = Table.of("NAME", "TOPIC", "CONNECTION", "STATE", "LAG", "PAUSED", "LAST ERROR");
        for (JsonNode stream : streams.path("items")) {
            table.row(
                    stream.path("name").asText(),
                    stream.path("topic").asText(),
                    stream.path("connection").asText(),
                    stream.path("state").asText(),
                    Long.toString(lag(stream)),
                    stream.path("paused").asBoolean()
                            ? "yes: " + stream.path("pausedReason").asText()
                            : "no",
                    stream.path("lastError").asText());
        }
        return table;
    }

    static Table one(JsonNode stream) {
        return Table.card(
                        stream,
                        "name",
                        "topic",
                        "connection",
                        "state",
                        "paused",
                        "pausedReason",
                        "pausedBy",
                        "stopReason",
                        "lastError",
                        "updatedAt")
                .then(Table.of(stream.path("lag"), "partition", "position", "end", "lag"));
    }

    private static long lag(JsonNode stream) {
        long sum = 0;
        for (JsonNode partition : stream.path("lag")) {
            sum += partition.path("lag").asLong();
        }
        return sum;
    }
}
