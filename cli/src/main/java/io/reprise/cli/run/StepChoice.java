package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which steps: {@code ID STEP}, or {@code --filter}. Use it as a mixin. */
final class StepChoice {

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "A run id or a workflow id")
    private @Nullable String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "The step, such as refund")
    private @Nullable String step;

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE",
            split = ",",
            description = "Instead of ID and STEP: every stuck step of feature=, name= or step=")
    private Map<String, String> filter = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "With --filter: only tell which")
    private boolean dryRun;

    void ask(ApiOptions api, String verb, ObjectNode body) {
        if (id != null && step != null && filter.isEmpty()) {
            if (dryRun) {
                throw new CommandFailed(ExitCode.USAGE, "--dry-run goes with --filter: ID and STEP name one step");
            }
            String path = "/runs/" + ApiClient.segment(id) + "/steps/" + ApiClient.segment(step) + "/" + verb;
            api.print(api.client().post(path, body), RunTables::one);
            return;
        }
        if (id != null || step != null || filter.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot tell which steps (expected: ID STEP, or --filter feature=order)");
        }
        filter.forEach(body::put);
        JsonNode verdicts = api.client().post("/steps/" + verb, body.put("dryRun", dryRun));
        api.print(verdicts, RunTables::verdicts);
    }

    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
