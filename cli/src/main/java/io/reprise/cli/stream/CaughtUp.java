package io.reprise.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/** The {@code --wait} for a stream that has loaded all that its topic has: use it as a mixin. */
final class CaughtUp {

    private static final Duration LOOK = Duration.ofMillis(250);

    /** The first one after the wish may have been begun before it. */
    private static final int REPORTS = 2;

    @Option(names = "--wait", description = "Wait until all that is in the topic now is loaded")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT10M",
            description = "How long to wait before exit 6, as in PT30S (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(10);

    boolean isAsked() {
        return wait;
    }

    /** The stream as it was when nothing was left. */
    JsonNode from(JsonNode first, ApiClient api) {
        Instant last = Instant.now().plus(timeout);
        String name = first.path("name").asText();
        JsonNode stream = first;
        int reports = 0;
        while (reports < REPORTS || !hasAll(stream)) {
            refuseToWaitFor(stream);
            if (Instant.now().isAfter(last)) {
                throw new CommandFailed(
                        ExitCode.TIMED_OUT,
                        "waited " + timeout + " for stream " + name + ", which is "
                                + stream.path("state").asText() + " and has " + StreamTables.lag(stream)
                                + " records before it");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
            JsonNode next = api.get("/streams/" + ApiClient.segment(name));
            reports += next.path("updatedAt").equals(stream.path("updatedAt")) ? 0 : 1;
            stream = next;
        }
        return stream;
    }

    private static boolean hasAll(JsonNode stream) {
        return stream.path("state").asText().equals("RUNNING")
                && !stream.path("lag").isEmpty()
                && StreamTables.lag(stream) == 0;
    }

    private static void refuseToWaitFor(JsonNode stream) {
        if (stream.path("paused").asBoolean() || stream.hasNonNull("stopReason")) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot wait for stream " + stream.path("name").asText() + ": found it "
                            + stream.path("state").asText() + ", "
                            + stream.path("pausedReason")
                                    .asText(stream.path("stopReason").asText())
                            + " (expected: one that loads; `reprise stream resume` lets it)");
        }
    }
}
