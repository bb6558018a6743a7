package io.reprise.cli.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Goes on, with what was missed by the schedule's rule first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise schedule resume daily-aggregation"})
public final class ScheduleResumeCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post(
                                "/schedules/" + ApiClient.segment(name) + "/resume",
                                JsonNodeFactory.instance.objectNode()),
                ScheduleTables::one);
        return ExitCode.DONE.code();
    }
}
