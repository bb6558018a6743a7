package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Table;

/** How runs look to people. */
public final class RunTables {

    private RunTables() {}

    static Table list(JsonNode page) {
        return PageOption.withNext(
                Table.of(page.path("items"), "id", "workflowId", "state", "reason", "stuckSteps", "acceptedAt"), page);
    }

    public static Table one(JsonNode run) {
        return Table.card(
                        run,
                        "id",
                        "workflowId",
                        "state",
                        "forward",
                        "compensation",
                        "reason",
                        "failure",
                        "source",
                        "acceptedAt",
                        "startedAt",
                        "endedAt",
                        "startError",
                        "/definition/hash",
                        "/definition/createdAt")
                .then(Table.of(
                        run.path("steps"),
                        "id",
                        "forward",
                        "compensation",
                        "attempts",
                        "undoAttempts",
                        "mode",
                        "error"))
                .note("")
                .note("In Temporal: " + run.at("/links/temporal").asText());
    }

    static Table verdicts(JsonNode verdicts) {
        return Table.of(verdicts.path("items"), "workflowId", "step", "result", "detail");
    }
}
