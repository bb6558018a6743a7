package io.reprise.cli.pipeline;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a pipeline with its steps and parameters.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise pipeline show daily-aggregation"})
public final class PipelineShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/pipelines/" + ApiClient.segment(name)), PipelineTables::one);
        return ExitCode.DONE.code();
    }
}
