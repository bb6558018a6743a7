package io.reprise.cli.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How backfills look to people. */
final class BackfillTables {

    private BackfillTables() {}

    static Table plan(JsonNode plan) {
        Table table = Table.of("SLOT", "WHAT", "WHY");
        for (JsonNode slot : plan.path("items")) {
            table.row(
                    slot.path("slot").asText(),
                    slot.path("run").asBoolean() ? "run" : "leave",
                    slot.path("why").asText());
        }
        table.note("")
                .note(plan.path("pipeline").asText() + " " + plan.path("words").asText() + ", "
                        + plan.path("toRun").asText() + " to run, "
                        + plan.path("toLeave").asText()
                        + " left as they are; " + plan.path("parallel").asText() + " at once, "
                        + plan.path("order").asText() + " first");
        downstream(plan, table);
        return PageOption.withNext(table, plan);
    }

    static Table list(JsonNode page) {
        Table table = Table.of("ID", "PIPELINE", "FROM", "TO", "STATE", "PROGRESS", "CREATED AT", "BY");
        for (JsonNode backfill : page.path("items")) {
            table.row(
                    backfill.path("id").asText(),
                    backfill.path("pipeline").asText(),
                    backfill.path("from").asText(),
                    backfill.path("to").asText(),
                    backfill.path("state").asText(),
                    progress(backfill),
                    backfill.path("createdAt").asText(),
                    backfill.path("createdBy").asText());
        }
        return PageOption.withNext(table, page);
    }

    static Table one(JsonNode backfill) {
        Table table = Table.card(
                        backfill,
                        "id",
                        "pipeline",
                        "words",
                        "policy",
                        "order",
                        "parallel",
                        "definition",
                        "steps",
                        "state",
                        "reason",
                        "createdBy",
                        "createdAt",
                        "endedAt")
                .row("PROGRESS", progress(backfill));
        if (!backfill.path("failures").isEmpty()) {
            table.note("")
                    .note("Failed; to run them again: reprise backfill retry "
                            + backfill.path("id").asText())
                    .then(Table.of(backfill.path("failures"), "slot", "error", "runId"));
        }
        downstream(backfill, table);
        return table;
    }

    static Table slots(JsonNode page) {
        return PageOption.withNext(
                Table.of(page.path("items"), "place", "slot", "state", "why", "runId", "error", "endedAt"), page);
    }

    /** As in {@code 17 of 31 slots ended (1 failed), 4 running, about 3m left}. */
    static String progress(JsonNode backfill) {
        JsonNode slots = backfill.path("slots");
        int open = slots.path("planned").asInt() + slots.path("running").asInt();
        int all = slots.path("all").asInt();
        List<String> parts = new ArrayList<>(List.of((all - open) + " of " + all + " slots ended"));
        for (String state : List.of("running", "failed", "cancelled", "skipped")) {
            if (slots.path(state).asInt() > 0) {
                parts.add(slots.path(state).asText() + " " + state);
            }
        }
        if (backfill.hasNonNull("secondsLeft")) {
            parts.add("about "
                    + words(Duration.ofSeconds(backfill.path("secondsLeft").asLong())) + " left");
        }
        return String.join(", ", parts);
    }

    private static String words(Duration left) {
        if (left.toHours() > 0) {
            return left.toHours() + " h " + left.toMinutesPart() + " min";
        }
        return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
    }

    private static void downstream(JsonNode backfill, Table table) {
        if (!backfill.path("downstream").isEmpty()) {
            List<String> names = new ArrayList<>();
            backfill.path("downstream").forEach(it -> names.add(it.asText()));
            table.note("").note("Run after each slot that is done: " + String.join(", ", names));
        }
    }
}
