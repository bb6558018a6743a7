package io.reprise.workflows.saga;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Duration;

/**
 * How long a step may take with all its attempts, from its start, before the run is undone.
 *
 * @param reason what the run then fails with, such as {@code payment-deadline}
 */
public record Deadline(
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration within, String reason) {}
