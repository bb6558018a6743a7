package io.reprise.activities.pipeline;

import io.reprise.activities.schedule.KnownPipeline;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.ChildStep;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.CancelRequest;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.workflows.pipeline.ChildRun;
import io.reprise.workflows.pipeline.NotYet;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has runs of other pipelines accepted as steps of one, and looks after them. A run that stands there is waited for; one that
 * failed, and left nothing behind, is repeated as its next generation.
 */
final class ChildRuns {

    private final KnownDefinitions definitions;
    private final Ledger ledger;
    private final WorkflowClient temporal;
    private final Function<PipelineDefinition, Plan> planning;
    private final Clock clock;

    ChildRuns(
            KnownDefinitions definitions,
            Ledger ledger,
            WorkflowClient temporal,
            Function<PipelineDefinition, Plan> planning,
            Clock clock) {
        this.definitions = definitions;
        this.ledger = ledger;
        this.temporal = temporal;
        this.planning = planning;
        this.clock = clock;
    }

    ChildRun accept(StepCall call, PipelineStep step) {
        ChildStep child = definitions.step(step.definition(), step.step(), ChildStep.class);
        StepValues values = StepValues.of(call.runId(), call.key(), step, child.head());
        KnownPipeline pipeline = definitions.current(child.pipeline());
        PipelineRequest request = request(call, step, child, values, pipeline.definition());
        String parent = call.key().value();
        Optional<Run> newest = ledger.runs().latestGeneration(request.workflowId());
        if (newest.isPresent() && !isToBeRepeated(newest.get(), parent)) {
            return child(newest.get(), parent);
        }
        NewRun run = PipelineRuns.newRun(
                request.workflowId().generation(newest.map(Run::generation).orElse(0) + 1),
                request.input(pipeline.hash(), planning.apply(request.definition())),
                parent,
                request.definition().concurrency().slots(),
                request.definition().concurrency().sequential());
        RunRef accepted = ref(ledger.acceptance().accept(run), run);
        return child(ledger.runs().byId(accepted.runId()).orElseThrow(), parent);
    }

    private PipelineRequest request(
            StepCall call, PipelineStep step, ChildStep child, StepValues values, PipelineDefinition definition) {
        try {
            Map<String, @Nullable Object> parameters = values.resolved(child.parameters());
            if (child.sameSlot()) {
                return PipelineRequest.ofSlot(definition, slot(definition, step), parameters);
            }
            PipelineRequest now = PipelineRequest.ofFiring(definition, clock.instant(), parameters);
            return now.slot().isPresent() ? now : inside(call, step, now);
        } catch (BadParameters | BadSlot refused) {
            throw Refusal.because("child-refused", String.valueOf(refused.getMessage()));
        }
    }

    /** A run that stands for no time is another one for each run that it is a step of. */
    private static PipelineRequest inside(StepCall call, PipelineStep step, PipelineRequest request) {
        String time = "in-" + call.runId() + "-" + step.step().replaceAll("[^A-Za-z0-9._-]", ".");
        return new PipelineRequest(
                request.definition(), Optional.of(time), request.slot(), request.parameters(), request.steps());
    }

    private static SlotValue slot(PipelineDefinition definition, PipelineStep step) throws BadSlot {
        Optional<SlotCalendar> calendar = definition.slot();
        SlotValue slot = step.slot();
        if (calendar.isEmpty() || slot == null) {
            throw Refusal.because(
                    "child-refused",
                    "cannot run '" + definition.name() + "' for the same slot (expected: both stand for a slot)");
        }
        return calendar.get().named(slot.name());
    }

    /** Not where this step itself had it accepted: its failure is the step's. */
    private static boolean isToBeRepeated(Run run, String parent) {
        boolean failed = run.isEnded() && run.forward() != Forward.SUCCEEDED;
        return failed
                && run.compensation() != Compensation.PARTIAL
                && !run.source().equals(parent);
    }

    private static ChildRun child(Run run, String parent) {
        return new ChildRun(
                run.ref().runId(), run.ref().workflowId(), run.source().equals(parent));
    }

    private static RunRef ref(Accepted accepted, NewRun run) {
        return switch (accepted) {
            case Accepted.New fresh -> fresh.run();
            case Accepted.Same same -> same.run();
            case Accepted.Conflict conflict -> conflict.existing();
            case Accepted.LedgerRestored restored ->
                throw new IllegalStateException("cannot accept " + run.workflowId() + " while the ledger (at "
                        + restored.highWater() + ") is behind its kits (at " + restored.mark()
                        + ") (expected: reprise audit --all --accept)");
            case Accepted.KeyConflict impossible ->
                throw new IllegalStateException("a child carries no Idempotency-Key, yet it met " + impossible);
        };
    }

    /** Its newest generation counts: somebody may have repeated it. */
    StepResult look(ChildRun child) {
        Run run = ledger.runs()
                .latestGeneration(child.workflowId())
                .orElseThrow(() -> NotYet.because(child.workflowId() + " is not in the ledger"));
        if (!run.isEnded()) {
            throw NotYet.because(words(run));
        }
        if (run.forward() != Forward.SUCCEEDED) {
            throw Refusal.because(
                    "child-failed",
                    words(run) + run.failure().map(why -> ", because " + why).orElse("") + " (expected: SUCCEEDED)");
        }
        return StepResult.nothing();
    }

    void cancel(ChildRun child, String reason) {
        switch (ledger.startQueue().cancel(child.runId(), reason)) {
            case CancelRequest.ClosedUnstarted closed -> {}
            case CancelRequest.AlreadyEnded ended -> {}
            case CancelRequest.NotFound none -> {}
            case CancelRequest.Noted noted -> tell(child, reason);
        }
    }

    private void tell(ChildRun child, String reason) {
        try {
            temporal.newUntypedWorkflowStub(child.workflowId().value()).cancel(reason);
        } catch (WorkflowNotFoundException unstarted) {
            // The wish is noted: whoever starts it passes it on.
        }
    }

    /** Looks for the run of another pipeline, for the same slot where it stands for one. */
    StepResult look(WaitFor.Run wanted, PipelineStep step, StepValues values) {
        PipelineDefinition definition = definitions.current(wanted.pipeline()).definition();
        try {
            Map<String, @Nullable Object> parameters = values.resolved(wanted.parameters());
            PipelineRequest request = PipelineRequest.ofSlot(definition, slot(definition, step), parameters);
            Run run = ledger.runs()
                    .latestGeneration(request.workflowId())
                    .orElseThrow(() -> NotYet.because("there is no run " + request.workflowId()));
            if (!run.isEnded() || run.forward() != Forward.SUCCEEDED) {
                throw NotYet.because(words(run));
            }
            return StepResult.nothing();
        } catch (BadParameters | BadSlot refused) {
            throw Refusal.because("wait-refused", String.valueOf(refused.getMessage()));
        }
    }

    private static String words(Run run) {
        return run.ref().workflowId() + " is " + run.forward() + ", undo " + run.compensation();
    }
}
