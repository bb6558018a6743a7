package io.reprise.cli.schedule;

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
        name = "trigger",
        description = {
            "Starts the newest slot that has ended, or the one that is named, whether the schedule is paused or not.",
            "A slot that has a run keeps it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise schedule trigger daily-aggregation",
            "  reprise schedule trigger daily-aggregation --slot 2026-11-19",
        })
public final class ScheduleTriggerCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Option(names = "--slot", paramLabel = "SLOT", description = "Which slot, such as 2026-11-19")
    private @Nullable String slot;

    @Override
    public Integer call() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (slot != null) {
            request.put("slot", slot);
        }
        api.print(
                api.client().post("/schedules/" + ApiClient.segment(name) + "/trigger", request),
                ScheduleTables::triggered);
        return ExitCode.DONE.code();
    }
}
