package io.reprise.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.Table;

/** How the changes of a catalog look to people. */
final class CatalogTables {

    private static final int SHOWN_OF_A_HASH = 12;

    private CatalogTables() {}

    static Table plan(JsonNode plan) {
        Table table = Table.of("KIND", "NAME", "EFFECT", "BEFORE", "AFTER");
        for (JsonNode definition : plan.path("definitions")) {
            table.row(
                    definition.path("kind").asText(),
                    definition.path("name").asText(),
                    definition.path("effect").asText(),
                    shortened(definition.path("before")),
                    shortened(definition.path("after")));
        }
        for (JsonNode schedule : plan.path("schedules")) {
            table.row(
                    "schedule",
                    schedule.path("pipeline").asText(),
                    schedule.path("effect").asText(),
                    schedule.path("before").asText(""),
                    schedule.path("after").asText(""));
        }
        table.note(plan.path("unchanged").asText() + " unchanged, revision "
                + plan.path("revision").asText());
        for (JsonNode older : plan.path("olderRuns")) {
            table.note(older.path("runs").asText() + " runs of "
                    + older.path("name").asText() + " end with definition " + shortened(older.path("hash")));
        }
        for (JsonNode drift : plan.path("drift")) {
            table.note("drift: " + drift.asText());
        }
        return table;
    }

    private static String shortened(JsonNode hash) {
        String text = hash.asText("");
        return text.length() <= SHOWN_OF_A_HASH ? text : text.substring(0, SHOWN_OF_A_HASH);
    }
}
