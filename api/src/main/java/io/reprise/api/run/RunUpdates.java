package io.reprise.api.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Asks a running saga for something, as an update: it is answered by the workflow, and the same update id asks only once.
 */
public final class RunUpdates {

    private static final Duration UNTIL_ACCEPTED = Duration.ofSeconds(5);
    static final Duration UNTIL_ANSWERED = Duration.ofSeconds(5);

    private final WorkflowClient temporal;

    public RunUpdates(WorkflowClient temporal) {
        this.temporal = temporal;
    }

    /** What became of the wish. */
    sealed interface Answer {

        /** The workflow did it and stands like this now. */
        record Done(RunOutcome outcome) implements Answer {}

        /** The workflow accepted it and is at it. */
        record UnderWay() implements Answer {}

        /** Temporal runs no such workflow now: it ended, was terminated, or was not started yet. */
        record NotRunning() implements Answer {}
    }

    Answer cancel(WorkflowId id, String reason) {
        return ask(id, "cancel", "cancel", reason);
    }

    Answer retry(WorkflowId id, String stepId, String updateId) {
        return ask(id, "retry", updateId, stepId);
    }

    Answer skip(WorkflowId id, String stepId, String reason, String updateId) {
        return ask(id, "skip", updateId, stepId, reason);
    }

    Answer approve(WorkflowId id, String stepId, String by, String reason, String updateId) {
        return ask(id, "approve", updateId, stepId, by, reason);
    }

    Answer reject(WorkflowId id, String stepId, String by, String reason, String updateId) {
        return ask(id, "reject", updateId, stepId, by, reason);
    }

    private Answer ask(WorkflowId id, String verb, String updateId, Object... arguments) {
        UpdateOptions<RunOutcome> options = UpdateOptions.newBuilder(RunOutcome.class)
                .setUpdateName(verb)
                .setUpdateId(updateId)
                .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                .build();
        try {
            WorkflowUpdateHandle<RunOutcome> asked = TemporalCalls.within(
                    UNTIL_ACCEPTED,
                    () -> temporal.newUntypedWorkflowStub(id.value()).startUpdate(options, arguments));
            return answer(asked);
        } catch (WorkflowUpdateException refused) {
            throw refusal(refused);
        } catch (WorkflowNotFoundException closed) {
            return new Answer.NotRunning();
        } catch (WorkflowUpdateTimeoutOrCancelledException silent) {
            throw noWorker(id, verb);
        } catch (WorkflowServiceException failed) {
            return explain(failed, id, verb);
        } catch (StatusRuntimeException failed) {
            return explain(failed, id, verb);
        }
    }

    private static Answer answer(WorkflowUpdateHandle<RunOutcome> asked) {
        try {
            return new Answer.Done(asked.getResultAsync(UNTIL_ANSWERED.toMillis(), TimeUnit.MILLISECONDS)
                    .get(UNTIL_ANSWERED.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Answer.UnderWay();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.UnderWay();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WorkflowUpdateException refused) {
                throw refused;
            }
            // It was accepted and will happen; only the wait for its end was cut short.
            return new Answer.UnderWay();
        }
    }

    private static Answer explain(RuntimeException failed, WorkflowId id, String verb) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return explain(status, id, verb, failed);
            }
        }
        throw failed;
    }

    private static Answer explain(StatusRuntimeException status, WorkflowId id, String verb, RuntimeException failed) {
        Status.Code code = status.getStatus().getCode();
        if (code == Status.Code.NOT_FOUND) {
            return new Answer.NotRunning();
        }
        if (code == Status.Code.DEADLINE_EXCEEDED || code == Status.Code.CANCELLED) {
            throw noWorker(id, verb);
        }
        throw failed;
    }

    private static Refused noWorker(WorkflowId id, String verb) {
        return Refused.because(
                ProblemType.NO_WORKER,
                "asked " + id + " to " + verb + " and no worker answered within " + UNTIL_ACCEPTED.toSeconds()
                        + " s (expected: a running worker; send the same request again)");
    }

    private static Refused refusal(WorkflowUpdateException refused) {
        // What is refused before it is accepted comes inside another failure; the innermost one has the type.
        Optional<ApplicationFailure> failure = Stream.<Throwable>iterate(refused, Objects::nonNull, Throwable::getCause)
                .filter(ApplicationFailure.class::isInstance)
                .map(ApplicationFailure.class::cast)
                .reduce((outer, inner) -> inner);
        String message = failure.map(ApplicationFailure::getOriginalMessage).orElseGet(refused::getMessage);
        ProblemType type = failure.map(ApplicationFailure::getType)
                .map(RunUpdates::problem)
                .orElse(ProblemType.NOT_POSSIBLE);
        return Refused.because(type, Optional.ofNullable(message).orElse("the workflow refused"));
    }

    private static ProblemType problem(String rejected) {
        return switch (rejected) {
            case "too-late" -> ProblemType.TOO_LATE;
            case "unknown-step" -> ProblemType.NOT_FOUND;
            case "reason-missing" -> ProblemType.INVALID;
            default -> ProblemType.NOT_POSSIBLE;
        };
    }
}
