package io.reprise.cli.trigger;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a trigger with the lag of each partition.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise trigger show orders"})
public final class TriggerShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the trigger")
    private String name = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/triggers/" + ApiClient.segment(name)), TriggerTables::one);
        return ExitCode.DONE.code();
    }
}
