package io.reprise.workflows.saga;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import java.time.LocalDate;

/**
 * The only argument of every undo. What has to be undone is read from what the forward step recorded beside its data.
 *
 * @param cause FAILED or CANCELLED: what the run ends as
 * @param reason the stable type of the original failure, such as {@code out-of-stock}
 */
public record UndoCall(StepKey key, String runId, LocalDate startedOn, int position, Forward cause, String reason) {}
