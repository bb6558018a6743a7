package io.reprise.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
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
        footer = {"", "Examples:", "  reprise stream show events", "  reprise stream show events --wait"})
public final class StreamShowCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private CaughtUp caughtUp = new CaughtUp();

    @Parameters(paramLabel = "NAME", description = "The name of the stream")
    private String name = "";

    @Override
    public Integer call() {
        ApiClient client = api.client();
        JsonNode stream = client.get("/streams/" + ApiClient.segment(name));
        api.print(caughtUp.isAsked() ? caughtUp.from(stream, client) : stream, StreamTables::one);
        return ExitCode.DONE.code();
    }
}
