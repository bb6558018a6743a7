package io.reprise.cli.schedule;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a schedule with its next five slots and what it missed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise schedule show daily-aggregation"})
public final class ScheduleShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/schedules/" + ApiClient.segment(name)), ScheduleTables::one);
        return ExitCode.DONE.code();
    }
}
