package io.reprise.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;

/** How connections look to people. */
final class ConnectionTables {

    private ConnectionTables() {}

    static Table list(JsonNode connections) {
        return Table.of(
                connections.path("items"), "name", "url", "user", "pool", "limit", "guarantee", "server", "probedAt");
    }

    static Table prepared(JsonNode prepared) {
        Table table = Table.card(prepared, "connection", "server", "guarantee");
        table.note(
                prepared.path("ddl").isEmpty()
                        ? "Its kit was there."
                        : "Its kit was made, by " + prepared.path("ddl").size() + " scripts.");
        prepared.path("findings").forEach(finding -> table.note(finding.asText()));
        return table;
    }

    /** Nothing but what a person runs, or pipes into whatever runs it. */
    static Table ddl(JsonNode prepared) {
        Table table = Table.of();
        prepared.path("ddl").forEach(text -> table.note(text.asText().stripTrailing()));
        if (prepared.path("ddl").isEmpty()) {
            table.note("-- The kit of " + prepared.path("connection").asText() + " is there: nothing is left to run.");
        }
        return table;
    }
}
