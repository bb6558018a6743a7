package io.reprise.activities.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.db.Ledger;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.db.run.StepFact;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what no fence remembers: that a step began, before it does, and what came of it, before anybody else is told.
 * A step that the ledger cannot be told of is not begun.
 */
final class UnfencedLedger {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, @Nullable Object>> OUTPUTS = new TypeReference<>() {};

    private final Ledger ledger;
    private final String worker;
    private final Clock clock;

    UnfencedLedger(Ledger ledger, String worker, Clock clock) {
        this.ledger = ledger;
        this.worker = worker;
        this.clock = clock;
    }

    Instant begins(StepCall call) {
        Instant now = clock.instant();
        record(went(call, Forward.RUNNING, null, null, now, null));
        return now;
    }

    void succeeded(StepCall call, StepResult result, Instant startedAt) {
        record(went(call, Forward.SUCCEEDED, null, write(result.outputs()), startedAt, clock.instant()));
    }

    void failed(StepCall call, String error, Instant startedAt) {
        record(went(call, Forward.RUNNING, error, null, startedAt, clock.instant()));
    }

    /** What came of it, where an attempt before this one has told. */
    Optional<StepResult> done(StepCall call) {
        return ledger
                .runs()
                .steps(new RunRef(call.runId(), call.startedOn(), call.key().workflowId()))
                .stream()
                .filter(step -> step.stepId().equals(call.key().stepId()))
                .filter(step -> step.forward() == Forward.SUCCEEDED)
                .findFirst()
                .flatMap(RunStep::outputs)
                .map(outputs -> StepResult.of(call.key().stepId(), read(outputs)));
    }

    boolean hasBegun(UndoCall call) {
        return steps(call).stream()
                .anyMatch(step -> step.stepId().equals(call.key().stepId())
                        && step.startedAt().isPresent());
    }

    void undone(UndoCall call, Instant startedAt) {
        record(undid(call, Compensation.DONE, null, startedAt, clock.instant()));
    }

    void undoFailed(UndoCall call, String error, Instant startedAt) {
        record(undid(call, Compensation.RUNNING, error, startedAt, clock.instant()));
    }

    PipelineInput input(UndoCall call) {
        return ledger.runs()
                .input(ref(call))
                .map(PipelineInput::read)
                .orElseThrow(() -> new IllegalStateException("cannot undo " + call.key() + ": the ledger has no run "
                        + call.runId() + " (expected: every run whose steps are undone)"));
    }

    /** What all steps of the run handed on, by {@code <step>.<output>}. */
    Map<String, @Nullable Object> outputs(UndoCall call) {
        Map<String, @Nullable Object> outputs = new TreeMap<>();
        for (RunStep step : steps(call)) {
            step.outputs()
                    .ifPresent(json ->
                            read(json).forEach((name, value) -> outputs.put(step.stepId() + "." + name, value)));
        }
        return outputs;
    }

    private List<RunStep> steps(UndoCall call) {
        return ledger.runs().steps(ref(call));
    }

    private static RunRef ref(UndoCall call) {
        return new RunRef(call.runId(), call.startedOn(), call.key().workflowId());
    }

    private StepFact went(
            StepCall call,
            Forward forward,
            @Nullable String error,
            @Nullable String outputs,
            Instant startedAt,
            @Nullable Instant endedAt) {
        return new StepFact.Went(
                call.runId(),
                call.startedOn(),
                call.key().stepId(),
                call.position(),
                forward,
                attempt(),
                null,
                StepMode.REGULAR,
                worker,
                error,
                outputs,
                startedAt,
                endedAt);
    }

    private StepFact undid(
            UndoCall call, Compensation compensation, @Nullable String error, Instant startedAt, Instant endedAt) {
        return new StepFact.Undid(
                call.runId(),
                call.startedOn(),
                call.key().stepId(),
                call.position(),
                compensation,
                attempt(),
                worker,
                error,
                startedAt,
                endedAt);
    }

    private static int attempt() {
        return Activity.getExecutionContext().getInfo().getAttempt();
    }

    private void record(StepFact fact) {
        try {
            ledger.stepFacts().recordAll(List.of(fact));
        } catch (SQLException away) {
            throw ApplicationFailure.newFailureWithCause(
                    "cannot tell the ledger of step '" + fact.stepId() + "': " + away.getMessage(),
                    "ledger-unavailable",
                    away);
        }
    }

    private static String write(Map<String, @Nullable Object> outputs) {
        try {
            return JSON.writeValueAsString(outputs);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write outputs: they are scalars", impossible);
        }
    }

    private static Map<String, @Nullable Object> read(String outputs) {
        try {
            return JSON.readValue(outputs, OUTPUTS);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("cannot read the outputs " + outputs, unreadable);
        }
    }
}
