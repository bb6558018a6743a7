package io.reprise.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Table;

/** How schedules look to people. */
final class ScheduleTables {

    private ScheduleTables() {}

    static Table list(JsonNode page) {
        Table table = Table.of("NAME", "CRON", "ZONE", "NEXT", "SLOT", "LAST", "RESULT", "MISSED", "STATE");
        for (JsonNode schedule : page.path("items")) {
            table.row(
                    schedule.path("name").asText(),
                    schedule.path("cron").asText(),
                    schedule.path("zone").asText(),
                    schedule.at("/next/0/at").asText(),
                    schedule.at("/next/0/slot").asText(),
                    schedule.at("/last/slot").asText(),
                    schedule.at("/last/state").asText(),
                    schedule.path("missed").asText(),
                    state(schedule));
        }
        return PageOption.withNext(table, page);
    }

    private static String state(JsonNode schedule) {
        if (schedule.path("paused").asBoolean()) {
            return "paused: " + schedule.path("pausedReason").asText();
        }
        return schedule.hasNonNull("refused")
                ? "refused: " + schedule.path("refused").asText()
                : "on";
    }

    static Table one(JsonNode schedule) {
        Table table = Table.card(
                        schedule,
                        "name",
                        "cron",
                        "zone",
                        "start",
                        "missedRule",
                        "jitter",
                        "paused",
                        "pausedReason",
                        "pausedBy",
                        "pausedSince",
                        "refused",
                        "overdue")
                .note("")
                .note("Next:")
                .then(Table.of(schedule.path("next"), "at", "slot"));
        if (schedule.has("last")) {
            table.note("").note("Last:").then(Table.card(schedule.path("last"), "slot", "state", "runId", "startedAt"));
        }
        if (schedule.path("missed").asInt() > 0) {
            table.note("")
                    .note("Missed, of the last hundred firings: "
                            + schedule.path("missed").asText());
            schedule.path("missedSlots").forEach(slot -> table.note("  " + slot.asText()));
        }
        return table;
    }

    static Table triggered(JsonNode slot) {
        return Table.card(slot, "slot", "state", "runId", "workflowId", "words");
    }
}
