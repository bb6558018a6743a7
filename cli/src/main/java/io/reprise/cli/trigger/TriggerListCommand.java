package io.reprise.cli.trigger;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the triggers with their lag.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise trigger list"})
public final class TriggerListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
        api.print(api.client().get("/triggers"), TriggerTables::list);
        return ExitCode.DONE.code();
    }
}
