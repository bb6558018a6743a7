package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description = {
            "Runs a failed run again, as its next generation.",
            "What a pipeline with failure: hold did is kept: it goes on with --from STEP."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise run retry order/o-1001 --wait",
            "  reprise run retry pipeline/daily-load/2026-11-19 --from book"
        })
public final class RunRetryCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private Wait wait = new Wait();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Option(names = "--accept-partial", description = "Retry although an operator skipped part of the undo")
    private boolean acceptPartial;

    @Option(
            names = "--from",
            paramLabel = "STEP",
            description =
                    "Repeat this step and those after it, and keep what else is finished; the first: all once more")
    private @Nullable String from;

    @Option(
            names = "--definition",
            paramLabel = "current",
            description = "Take the definition that the catalog has now, not the one that the run was started with")
    private @Nullable String definition;

    @Override
    public Integer call() {
        ApiClient client = api.client();
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("acceptPartial", acceptPartial);
        if (from != null) {
            wish.put("from", from);
        }
        if (definition != null) {
            wish.put("definition", definition);
        }
        JsonNode next = client.post("/runs/" + ApiClient.segment(id) + "/retry", wish);
        if (!wait.isAsked()) {
            api.print(next, RunTables::one);
            return ExitCode.DONE.code();
        }
        JsonNode ended = wait.untilEnded(client, next.path("id").asText());
        api.print(ended, RunTables::one);
        return Wait.exitCode(ended);
    }
}
