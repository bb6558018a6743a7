package io.reprise.cli.stream;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the streams with their lag.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise stream list"})
public final class StreamListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
        api.print(api.client().get("/streams"), StreamTables::list);
        return ExitCode.DONE.code();
    }
}
