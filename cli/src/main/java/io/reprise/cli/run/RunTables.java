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
        Table table = Table.card(
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
                .note("");
        for (JsonNode question : run.path("questions")) {
            String step = question.path("step").asText();
            table.note("%s asks: %s (reprise step approve %s %s, or reject)"
                    .formatted(
                            step, question.path("text").asText(), run.path("id").asText(), step));
        }
        for (JsonNode wait : run.path("waits")) {
            table.note("%s waits for %s, since %s%s%s"
                    .formatted(
                            wait.path("step").asText(),
                            wait.path("text").asText(),
                            wait.path("since").asText(),
                            wait.path("unreadable").asLong() == 0
                                    ? ""
                                    : " (" + wait.path("unreadable").asLong() + " could not be read)",
                            wait.has("note") ? ": " + wait.path("note").asText() : ""));
        }
        return table.note("In Temporal: " + run.at("/links/temporal").asText());
    }

    static Table verdicts(JsonNode verdicts) {
        return Table.of(verdicts.path("items"), "workflowId", "step", "result", "detail");
    }
}
