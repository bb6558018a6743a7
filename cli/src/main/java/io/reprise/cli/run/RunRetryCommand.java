package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description = "Runs a failed and undone run again, as its next generation.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise run retry order/o-1001 --wait"})
public final class RunRetryCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private Wait wait = new Wait();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Option(names = "--accept-partial", description = "Retry although an operator skipped part of the undo")
    private boolean acceptPartial;

    @Override
    public Integer call() {
        ApiClient client = api.client();
        JsonNode next = client.post(
                "/runs/" + ApiClient.segment(id) + "/retry",
                JsonNodeFactory.instance.objectNode().put("acceptPartial", acceptPartial));
        if (!wait.isAsked()) {
            api.print(next, RunTables::one);
            return ExitCode.DONE.code();
        }
        JsonNode ended = wait.untilEnded(client, next.path("id").asText());
        api.print(ended, RunTables::one);
        return Wait.exitCode(ended);
    }
}
