package io.reprise.cli.run;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a run with its steps and both outcomes.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise run show order/o-1001"})
public final class RunShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/runs/" + ApiClient.segment(id)), RunTables::one);
        return ExitCode.DONE.code();
    }
}
