package io.reprise.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Table;
import java.util.List;

/** Decides many letters in one request. */
final class Letters {

    private Letters() {}

    static int decide(ApiOptions api, String verb, ObjectNode request) {
        JsonNode verdicts = api.client().post("/dead-letters/" + verb, request);
        api.print(verdicts, all -> Table.of(all.path("items"), "id", "result", "runId", "detail"));
        return exitCode(verdicts).code();
    }

    private static ExitCode exitCode(JsonNode verdicts) {
        List<String> results = verdicts.path("items").findValuesAsText("result");
        if (results.contains("REFUSED")) {
            return ExitCode.REFUSED;
        }
        return results.contains("NOT_FOUND") ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }
}
