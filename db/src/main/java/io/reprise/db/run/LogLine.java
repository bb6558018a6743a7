package io.reprise.db.run;

import java.time.Instant;
import java.util.Optional;

/** A line of a run's log. */
public record LogLine(String runId, Instant loggedAt, Optional<String> stepId, Level level, String message) {

    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
