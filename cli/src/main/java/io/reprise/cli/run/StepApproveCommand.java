package io.reprise.cli.run;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = "Lets a step that waits for a person go on.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise step approve pipeline/nightly-report/2026-11-19 sign",
        })
public final class StepApproveCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "The step that waits")
    private String step = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays with the run")
    private String reason = "";

    @Override
    public Integer call() {
        String path = "/runs/" + ApiClient.segment(id) + "/steps/" + ApiClient.segment(step) + "/approve";
        api.print(api.client().post(path, StepChoice.nothing().put("reason", reason)), RunTables::one);
        return ExitCode.DONE.code();
    }
}
