package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a run with its steps and both outcomes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise run show order/o-1001",
            "  reprise run show pipeline/daily-aggregation/2026-11-19 --definition",
        })
public final class RunShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Option(names = "--definition", description = "Print the definition that it was made from, instead")
    private boolean definition;

    @Override
    public Integer call() {
        JsonNode run = api.client().get("/runs/" + ApiClient.segment(id));
        if (definition) {
            api.out().println(definition(run).path("text").toPrettyString());
            api.out().flush();
        } else {
            api.print(run, RunTables::one);
        }
        return ExitCode.DONE.code();
    }

    private JsonNode definition(JsonNode run) {
        String hash = run.at("/definition/hash").asText();
        if (hash.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_FOUND,
                    run.path("workflowId").asText() + " was made from no definition, but from code");
        }
        return api.client().get("/catalog/definitions/" + ApiClient.segment(hash));
    }
}
