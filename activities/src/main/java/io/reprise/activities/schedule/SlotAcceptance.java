package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.KeptSteps;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Acceptance;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.pipeline.HeldRun;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.Repetition;
import java.util.Optional;
import java.util.function.Function;

/** Has runs of slots accepted, and the starter drives them on. */
public final class SlotAcceptance {

    private final Acceptance acceptance;
    private final Runs runs;
    private final KeptSteps kept;
    private final Schedules schedules;
    private final Function<PipelineDefinition, Plan> planning;
    private final Runnable wake;

    /**
     * Over a ledger.
     *
     * @param planning makes of a definition what its workflow knows
     * @param wake called after an acceptance, so that nobody waits for the starter
     */
    public SlotAcceptance(Ledger ledger, Function<PipelineDefinition, Plan> planning, Runnable wake) {
        this.acceptance = ledger.acceptance();
        this.runs = ledger.runs();
        this.kept = ledger.keptSteps();
        this.schedules = ledger.schedules();
        this.planning = planning;
        this.wake = wake;
    }

    /** The newest run of the slot that is asked for. */
    public Optional<Run> newest(PipelineRequest request) {
        return runs.ofSlot(request.definition().name().value(), request.slotWithKeys());
    }

    /**
     * Accepts a run of a slot, and answers the one that stands there: that generation may have been accepted before, by
     * somebody else and with another definition.
     *
     * @param hash of the definition, as the ledger has it
     * @param source what asks for it, such as {@code schedule}
     */
    public RunRef accept(PipelineRequest request, String hash, int generation, String source) {
        return accept(request, input(request, hash), generation, source);
    }

    /** What the newest run of a slot left standing would be done again. */
    public static final class Standing extends Exception {

        private static final long serialVersionUID = 1L;

        Standing(String message) {
            super(message);
        }
    }

    /** The same after a run that failed: where that is held, what its steps did is kept, and only the rest is done. */
    public RunRef acceptRest(PipelineRequest request, String hash, Run newest, String source) throws Standing {
        PipelineInput wish = input(request, hash);
        Optional<HeldRun> held = kept.held(newest);
        PipelineInput rest = held.isEmpty() ? wish : rest(held.get(), wish);
        return accept(request, rest, newest.generation() + 1, source);
    }

    private static PipelineInput rest(HeldRun held, PipelineInput wish) throws Standing {
        return switch (held.rest(wish)) {
            case Repetition.With next -> next.input();
            case Repetition.Refused refused ->
                throw new Standing(refused.found() + " (expected: " + refused.expected() + ")");
        };
    }

    private PipelineInput input(PipelineRequest request, String hash) {
        return request.input(hash, planning.apply(request.definition()));
    }

    private RunRef accept(PipelineRequest request, PipelineInput input, int generation, String source) {
        NewRun run = PipelineRuns.newRun(
                request.workflowId().generation(generation),
                input,
                source,
                request.definition().concurrency().slots(),
                request.definition().concurrency().sequential());
        return switch (acceptance.accept(run)) {
            case Accepted.New accepted -> accepted(request, accepted.run());
            case Accepted.Same same -> same.run();
            case Accepted.Conflict conflict -> conflict.existing();
            case Accepted.LedgerRestored restored ->
                throw new IllegalStateException("cannot accept " + run.workflowId() + " while the ledger (at "
                        + restored.highWater() + ") is behind its kits (at " + restored.mark()
                        + ") (expected: reprise audit --all --accept)");
            case Accepted.KeyConflict impossible ->
                throw new IllegalStateException("a slot carries no Idempotency-Key, yet it met " + impossible);
        };
    }

    private RunRef accepted(PipelineRequest request, RunRef run) {
        schedules.started(request.definition().name().value(), request.slotWithKeys(), run.runId());
        wake.run();
        return run;
    }
}
