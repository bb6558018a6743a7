package io.reprise.cli.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Holds Kafka's offsets, positions, inbox and runs of a trigger against each other.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit 3 where anything disagrees.", "", "Example:", "  reprise trigger check orders-placed"})
public final class TriggerCheckCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the trigger")
    private String name = "";

    @Override
    public Integer call() {
        JsonNode drift = api.client().get("/triggers/" + ApiClient.segment(name) + "/check");
        api.print(drift, TriggerTables::drift);
        return (drift.path("agrees").asBoolean() ? ExitCode.DONE : ExitCode.REFUSED).code();
    }
}
