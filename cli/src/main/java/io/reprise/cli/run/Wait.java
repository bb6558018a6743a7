package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/** The {@code --wait} of commands that begin something: use it as a mixin. */
public final class Wait {

    private static final Duration LOOK = Duration.ofMillis(250);

    @Option(names = "--wait", description = "Wait until the run has ended; exit 1 where it did not succeed")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT10M",
            description = "How long to wait before exit 6, as in PT30S (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(10);

    public boolean isAsked() {
        return wait;
    }

    /** The run as it ended. */
    public JsonNode untilEnded(ApiClient api, String runId) {
        Instant last = Instant.now().plus(timeout);
        while (true) {
            JsonNode run = api.get("/runs/" + ApiClient.segment(runId));
            if (run.hasNonNull("endedAt")) {
                return run;
            }
            if (Instant.now().isAfter(last)) {
                throw new CommandFailed(
                        ExitCode.TIMED_OUT,
                        "waited " + timeout + " for run " + runId + ", which is "
                                + run.path("state").asText() + " and goes on");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
        }
    }

    public static int exitCode(JsonNode endedRun) {
        return endedRun.path("forward").asText().equals("SUCCEEDED") ? ExitCode.DONE.code() : ExitCode.FAILED.code();
    }
}
