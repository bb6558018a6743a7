package io.reprise.cli.trigger;

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
        description = "Goes on where the trigger was paused.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise trigger resume orders"})
public final class TriggerResumeCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the trigger")
    private String name = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post(
                                "/triggers/" + ApiClient.segment(name) + "/resume",
                                JsonNodeFactory.instance.objectNode()),
                TriggerTables::one);
        return ExitCode.DONE.code();
    }
}
