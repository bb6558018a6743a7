package io.reprise.cli.connection;

import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the connections of the catalog, with what a probe found.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise connection list"})
public final class ConnectionListCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
        api.print(api.client().get("/connections"), ConnectionTables::list);
        return ExitCode.DONE.code();
    }
}
