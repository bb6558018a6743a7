package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputFormat;
import io.reprise.cli.shared.Table;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Tells what the steps of a run did.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise run logs order/o-1001 --follow"})
public final class RunLogsCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 500;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Option(names = "--follow", description = "Go on until the run has ended; with --output json, one document a line")
    private boolean follow;

    @Override
    public Integer call() {
        ApiClient client = api.client();
        String run = "/runs/" + ApiClient.segment(id);
        if (follow) {
            follow(client, run);
        } else {
            api.print(
                    client.get(run + "/logs"), logs -> Table.of(logs.path("items"), "at", "level", "step", "message"));
        }
        return ExitCode.DONE.code();
    }

    private void follow(ApiClient client, String run) {
        Set<JsonNode> told = new HashSet<>();
        boolean ended = false;
        while (!ended) {
            ended = client.get(run).hasNonNull("endedAt");
            for (JsonNode line : client.get(run + "/logs").path("items")) {
                if (told.add(line)) {
                    tell(line);
                }
            }
            if (!ended) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
        }
    }

    private void tell(JsonNode line) {
        api.out().println(api.format() == OutputFormat.JSON ? line.toString() : words(line));
        api.out().flush();
    }

    private static String words(JsonNode line) {
        return line.path("at").asText() + "  " + line.path("level").asText() + "  "
                + (line.hasNonNull("step") ? line.path("step").asText() + ": " : "")
                + line.path("message").asText();
    }
}
