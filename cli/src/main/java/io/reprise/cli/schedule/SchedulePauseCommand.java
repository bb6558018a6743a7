package io.reprise.cli.schedule;

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
        name = "pause",
        description = "Starts nothing by itself until resumed; what falls due meanwhile is missed, not forgotten.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise schedule pause daily-aggregation --reason 'source is being repaired'"})
public final class SchedulePauseCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; the list shows it")
    private String reason = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post(
                                "/schedules/" + ApiClient.segment(name) + "/pause",
                                JsonNodeFactory.instance.objectNode().put("reason", reason)),
                ScheduleTables::one);
        return ExitCode.DONE.code();
    }
}
