package io.reprise.cli.trigger;

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
        description = "Stops consuming until resumed; records wait in Kafka.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise trigger pause orders --reason 'shop database is moved'"})
public final class TriggerPauseCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the trigger")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; the list shows it")
    private String reason = "";

    @Override
    public Integer call() {
        api.print(
                api.client()
                        .post(
                                "/triggers/" + ApiClient.segment(name) + "/pause",
                                JsonNodeFactory.instance.objectNode().put("reason", reason)),
                TriggerTables::one);
        return ExitCode.DONE.code();
    }
}
