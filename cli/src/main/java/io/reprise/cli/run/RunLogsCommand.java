package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputFormat;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Query;
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
        description =
                "Tells what a run did: its steps, what they wrote, the statements that they ran, what checks found.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise run logs order/o-1001 --follow",
            "  reprise run logs pipeline/daily-aggregation/2026-11-19,EU --ndjson > run.ndjson",
        })
public final class RunLogsCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 500;
    private static final String PAGE = "200";

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private PageOption page = new PageOption();

    @Parameters(paramLabel = "ID", description = "A run id or a workflow id")
    private String id = "";

    @Option(names = "--follow", description = "Go on until the run has ended; with --output json, one document a line")
    private boolean follow;

    @Option(names = "--ndjson", description = "All of it, one document a line, with whole statements and plans")
    private boolean ndjson;

    private final Set<JsonNode> told = new HashSet<>();
    private String position = "0.0.0";

    @Override
    public Integer call() {
        ApiClient client = api.client();
        String run = "/runs/" + ApiClient.segment(id);
        if (follow) {
            follow(client, run);
        } else if (ndjson) {
            tellNew(client, run);
        } else {
            api.print(
                    client.get(run + "/logs" + page.addTo(new Query())),
                    logs -> PageOption.withNext(Table.of(logs.path("items"), "at", "level", "step", "message"), logs));
        }
        return ExitCode.DONE.code();
    }

    private void follow(ApiClient client, String run) {
        boolean ended = false;
        while (!ended) {
            ended = client.get(run).hasNonNull("endedAt");
            tellNew(client, run);
            if (!ended) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
        }
    }

    /** What is told of steps may change and is remembered; what they wrote is read on from where it was left. */
    private void tellNew(ApiClient client, String run) {
        for (JsonNode line : client.get(run + "/logs?of=STEPS").path("items")) {
            if (told.add(line)) {
                tell(line);
            }
        }
        JsonNode work;
        do {
            work = client.get(run + "/logs"
                    + new Query().with("of", "WORK").with("limit", PAGE).with("cursor", position));
            work.path("items").forEach(this::tell);
            position = work.path("position").asText();
        } while (work.hasNonNull("next"));
    }

    private void tell(JsonNode line) {
        boolean document = ndjson || api.format() == OutputFormat.JSON;
        api.out().println(document ? line.toString() : words(line));
        api.out().flush();
    }

    private static String words(JsonNode line) {
        return line.path("at").asText() + "  " + line.path("level").asText() + "  "
                + (line.hasNonNull("step") ? line.path("step").asText() + ": " : "")
                + line.path("message").asText();
    }
}
