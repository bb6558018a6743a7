package io.reprise.cli.stream;

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
        description = "Stops loading until resumed; records wait in Kafka.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise stream pause events --reason 'the warehouse is moved'"})
public final class StreamPauseCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the stream")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; the list shows it")
    private String reason = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post(
                                "/streams/" + ApiClient.segment(name) + "/pause",
                                JsonNodeFactory.instance.objectNode().put("reason", reason)),
                StreamTables::one);
        return ExitCode.DONE.code();
    }
}
