package io.reprise.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;
import java.util.ArrayList;
import java.util.List;

/** How streams look to people. */
final class StreamTables {

    private StreamTables() {}

    static Table list(JsonNode streams) {
        Table table = Table.of("NAME", "TOPIC", "CONNECTION", "STATE", "LAG", "PAUSED", "SEEN", "LAST ERROR");
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
                    stream.path("updatedAt").asText(),
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

    static Table plan(JsonNode plan) {
        Table table = Table.of("STATEMENT");
        plan.path("statements").forEach(statement -> table.row(statement.asText() + ";"));
        if (plan.path("statements").isEmpty()) {
            table.row("none: the tables are as the stream wants them");
        }
        Table conflicts = Table.of("CONFLICT");
        plan.path("conflicts").forEach(conflict -> conflicts.row(conflict.asText()));
        return plan.path("conflicts").isEmpty() ? table : conflicts.then(table);
    }

    static Table balance(JsonNode balance) {
        Table table = Table.of(
                "LOG",
                "PARTITION",
                "DAY",
                "COMMITTED",
                "LOADED",
                "LATE",
                "ASIDE",
                "DROPPED",
                "FILTERED",
                "TOMBSTONES",
                "DEAD",
                "VERDICT");
        for (JsonNode day : balance.path("days")) {
            JsonNode counted = day.path("counted");
            table.row(
                    day.path("log").asText(),
                    day.path("partition").asText(),
                    day.path("day").asText(),
                    day.path("committed").isNumber() ? day.path("committed").asText() : "gone",
                    counted.path("loaded").asText(),
                    counted.path("late").asText(),
                    counted.path("aside").asText(),
                    counted.path("dropped").asText(),
                    counted.path("filtered").asText(),
                    counted.path("tombstones").asText(),
                    counted.path("dead").asText(),
                    verdict(day));
        }
        if (balance.path("omitted").asInt() > 0) {
            table.row("and " + balance.path("omitted").asInt() + " days more");
        }
        return table.then(
                Table.of(balance.path("partitions"), "log", "partition", "first", "next", "lost", "keptFrom"));
    }

    private static String verdict(JsonNode day) {
        List<String> differences = new ArrayList<>();
        day.path("differences").forEach(words -> differences.add(words.asText()));
        return differences.isEmpty() ? "balanced" : String.join("; ", differences);
    }

    /** How many records of the topic are not loaded yet. */
    static long lag(JsonNode stream) {
        long sum = 0;
        for (JsonNode partition : stream.path("lag")) {
            sum += partition.path("lag").asLong();
        }
        return sum;
    }
}
