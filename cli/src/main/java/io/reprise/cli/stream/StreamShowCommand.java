package io.reprise.cli.stream;

import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a stream with the lag of each partition.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise stream show events"})
public final class StreamShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the stream")
    private String name = "";

    @Override
    public Integer call() {
        api.print(api.client().get("/streams/" + ApiClient.segment(name)), StreamTables::one);
        return ExitCode.DONE.code();
    }
}
