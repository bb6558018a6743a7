package io.reprise.workflows.saga;

import java.time.Duration;
import java.util.Optional;

/**
 * How a step is carried out.
 *
 * @param fenced false for an effect that no database can fence: its undo waits until its attempt has ended
 * @param attemptTimeout how long one attempt, forward or undo, may take; a lost worker delays the step by as much
 * @param taskQueue where its activities run; the workflow's own where empty
 * @param heartbeat after how long a silent attempt counts as lost; only after its whole time where empty
 * @param local whether it may be tried inside the workflow task although it has a task queue of its own
 */
public record StepTerms(
        boolean fenced,
        Retry retry,
        Duration attemptTimeout,
        Optional<Deadline> deadline,
        Optional<String> taskQueue,
        Optional<Duration> heartbeat,
        boolean local) {

    static final StepTerms USUAL = new StepTerms(
            true, Retry.PATIENT, Duration.ofSeconds(8), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public StepTerms unfenced() {
        return new StepTerms(false, retry, attemptTimeout, deadline, taskQueue, heartbeat, local);
    }

    public StepTerms retry(Retry other) {
        return new StepTerms(fenced, other, attemptTimeout, deadline, taskQueue, heartbeat, local);
    }

    public StepTerms attemptTimeout(Duration limit) {
        return new StepTerms(fenced, retry, limit, deadline, taskQueue, heartbeat, local);
    }

    public StepTerms within(Deadline limit) {
        return new StepTerms(fenced, retry, attemptTimeout, Optional.of(limit), taskQueue, heartbeat, local);
    }

    public StepTerms onTaskQueue(String queue) {
        return new StepTerms(fenced, retry, attemptTimeout, deadline, Optional.of(queue), heartbeat, local);
    }
}
