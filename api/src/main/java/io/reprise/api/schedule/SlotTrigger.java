package io.reprise.api.schedule;

import io.reprise.api.pipeline.CurrentPipeline;
import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.run.RunIntake;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Starts a slot at once, as its schedule would: a slot that has a run keeps it. */
public final class SlotTrigger {

    private static final String SOURCE = "schedule.trigger";

    private final CurrentPipelines pipelines;
    private final Schedules schedules;
    private final Runs runs;
    private final RunIntake intake;
    private final Function<PipelineDefinition, Plan> planning;
    private final Clock clock;

    /**
     * Over a ledger.
     *
     * @param planning makes of a definition what its workflow knows
     */
    public SlotTrigger(
            CurrentPipelines pipelines,
            Schedules schedules,
            Runs runs,
            RunIntake intake,
            Function<PipelineDefinition, Plan> planning,
            Clock clock) {
        this.pipelines = pipelines;
        this.schedules = schedules;
        this.runs = runs;
        this.intake = intake;
        this.planning = planning;
        this.clock = clock;
    }

    /**
     * Answers the run that the slot has then.
     *
     * @param slot the newest that has ended where it is empty
     */
    TriggeredSlot trigger(String name, Optional<String> slot) {
        CurrentPipeline pipeline = pipelines.required(name);
        PipelineRequest request = request(pipeline, slot);
        Optional<Run> newest = runs.ofSlot(name, request.slotWithKeys());
        if (newest.isPresent()) {
            return TriggeredSlot.known(newest.get());
        }
        Run run = intake.accept(
                PipelineRuns.newRun(
                        request.workflowId(),
                        request.input(pipeline.hash(), planning.apply(pipeline.definition())),
                        SOURCE,
                        pipeline.definition().concurrency().slots(),
                        pipeline.definition().concurrency().sequential()),
                null);
        schedules.started(name, request.slotWithKeys(), run.ref().runId());
        return TriggeredSlot.started(run);
    }

    private PipelineRequest request(CurrentPipeline pipeline, Optional<String> slot) {
        try {
            if (slot.isEmpty()) {
                return PipelineRequest.ofFiring(pipeline.definition(), clock.instant(), Map.of());
            }
            SlotCalendar calendar = pipeline.definition()
                    .slot()
                    .orElseThrow(() -> invalid(slot.get(), "no slot: the pipeline stands for no time"));
            SlotValue wanted = calendar.named(slot.get());
            if (wanted.end().isAfter(clock.instant())) {
                throw invalid(slot.get(), "a slot that has ended; this one does at " + wanted.end());
            }
            return PipelineRequest.ofSlot(pipeline.definition(), wanted, Map.of());
        } catch (BadSlot bad) {
            throw invalid(slot.orElse(""), String.valueOf(bad.getMessage()));
        } catch (BadParameters bad) {
            throw Refused.because(
                    ProblemType.INVALID, bad.getMessage() + " (expected: a default for each)", bad.errors());
        }
    }

    private static Refused invalid(String found, String expected) {
        return Refused.because(
                ProblemType.INVALID, "the slot cannot be used", List.of(new FieldError("/slot", found, expected)));
    }
}
