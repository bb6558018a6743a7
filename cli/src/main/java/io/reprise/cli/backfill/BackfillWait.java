package io.reprise.cli.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/** The {@code --wait} of a backfill, with a line for each step forward: use it as a mixin. */
final class BackfillWait {

    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(names = "--wait", description = "Wait until all slots have ended; exit 1 where any failed")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT24H",
            description = "How long to wait before exit 6, as in PT30M (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofHours(24);

    boolean isAsked() {
        return wait;
    }

    /** The backfill as it ended, or was paused. */
    JsonNode untilEnded(ApiOptions api, String id) {
        Instant last = Instant.now().plus(timeout);
        String said = "";
        while (true) {
            JsonNode backfill = api.client().get("/backfills/" + ApiClient.segment(id));
            String progress = BackfillTables.progress(backfill);
            if (!progress.equals(said)) {
                api.say(progress);
                said = progress;
            }
            if (!backfill.path("state").asText().equals("RUNNING")) {
                return backfill;
            }
            if (Instant.now().isAfter(last)) {
                throw new CommandFailed(
                        ExitCode.TIMED_OUT,
                        "waited " + timeout + " for backfill " + id + ", which goes on: " + progress);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
        }
    }

    static int exitCode(JsonNode backfill) {
        boolean well = backfill.path("state").asText().equals("DONE")
                && backfill.at("/slots/failed").asInt() == 0
                && backfill.at("/slots/cancelled").asInt() == 0;
        return well ? ExitCode.DONE.code() : ExitCode.FAILED.code();
    }
}
