package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.AfterDefinition;
import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.Concurrency;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.InputDefinition;
import io.reprise.catalog.pipeline.LateDefinition;
import io.reprise.catalog.pipeline.ParameterDefinition;
import io.reprise.catalog.pipeline.ParameterType;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.catalog.schedule.MissedPolicy;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.PlannedTerms;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.StepEnd;
import io.reprise.workflows.pipeline.StepKind;
import io.reprise.workflows.pipeline.StepTurn;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Pipelines of one step, which runs for each day. */
public record Sketches(
        String name,
        ZoneId zone,
        String cron,
        MissedPolicy missed,
        Concurrency concurrency,
        Optional<LateDefinition> late,
        Hooks hooks,
        List<String> after,
        boolean scheduled,
        boolean regions,
        SlotKind kind) {

    private static final ParameterDefinition REGION =
            new ParameterDefinition("region", ParameterType.STRING, Optional.empty(), Optional.of("EU"), List.of());

    /** Makes of a pipeline the one step that it has. */
    public static final Function<PipelineDefinition, Plan> PLANNING = definition -> new Plan(
            definition.name(),
            definition.failure(),
            definition.steps().stream().map(step -> step(step.id())).toList(),
            List.of(),
            List.of());

    public static Sketches daily(String name) {
        return new Sketches(
                name,
                ZoneId.of("UTC"),
                "0 0 * * *",
                MissedPolicy.ALL,
                new Concurrency(1, 1_000, false),
                Optional.empty(),
                Hooks.NONE,
                List.of(),
                true,
                false,
                SlotKind.DAY);
    }

    Sketches hourly() {
        return new Sketches(
                name, zone, "0 * * * *", missed, concurrency, late, hooks, after, scheduled, regions, SlotKind.HOUR);
    }

    Sketches unscheduled() {
        return new Sketches(name, zone, cron, missed, concurrency, late, hooks, after, false, regions, kind);
    }

    /** One run for each region; EU where none is named. */
    Sketches forEachRegion() {
        return new Sketches(name, zone, cron, missed, concurrency, late, hooks, after, scheduled, true, kind);
    }

    Sketches in(String other) {
        return new Sketches(
                name, ZoneId.of(other), cron, missed, concurrency, late, hooks, after, scheduled, regions, kind);
    }

    Sketches at(String other) {
        return new Sketches(name, zone, other, missed, concurrency, late, hooks, after, scheduled, regions, kind);
    }

    Sketches missed(MissedPolicy other) {
        return new Sketches(name, zone, cron, other, concurrency, late, hooks, after, scheduled, regions, kind);
    }

    Sketches slots(int atOnce) {
        return new Sketches(
                name,
                zone,
                cron,
                missed,
                new Concurrency(1, atOnce, false),
                late,
                hooks,
                after,
                scheduled,
                regions,
                kind);
    }

    Sketches lookingBack(Duration lookBack, Duration every) {
        return new Sketches(
                name,
                zone,
                cron,
                missed,
                concurrency,
                Optional.of(new LateDefinition(lookBack, every)),
                hooks,
                after,
                scheduled,
                regions,
                kind);
    }

    Sketches promisedBy(String hour) {
        Hooks promise = new Hooks(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Hooks.Late(LocalTime.parse(hour), List.of())));
        return new Sketches(name, zone, cron, missed, concurrency, late, promise, after, scheduled, regions, kind);
    }

    public Sketches after(String... others) {
        return new Sketches(
                name, zone, cron, missed, concurrency, late, hooks, List.of(others), scheduled, regions, kind);
    }

    public PipelineDefinition definition() {
        return new PipelineDefinition(
                new Name(name),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SlotCalendar(kind, zone)),
                Optional.of(new ScheduleDefinition(
                                cron, zone, Optional.of(LocalDate.parse("2026-10-01")), missed, Duration.ZERO))
                        .filter(_ -> scheduled),
                regions ? List.of(REGION) : List.of(),
                regions ? List.of(REGION.name()) : List.of(),
                concurrency,
                Optional.of(
                        new InputDefinition("warehouse", Optional.empty(), "events", "day", Optional.of("row_hash"))),
                late,
                List.of(),
                FailurePolicy.HOLD,
                List.of(new CommandStep(
                        new StepHead(
                                "load",
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                Optional.empty(),
                                Retry.attempts(1),
                                Duration.ofMinutes(1),
                                false,
                                false,
                                Hooks.NONE),
                        Guarantee.IDEMPOTENT,
                        List.of("true"),
                        Optional.empty(),
                        List.of())),
                List.of(),
                hooks,
                after.stream().map(it -> new AfterDefinition(it, Map.of())).toList());
    }

    private static PlannedStep step(String id) {
        return new PlannedStep(
                id,
                StepKind.COMMAND,
                "pipeline",
                StepTurn.after(),
                PlannedTerms.unfenced(Retry.attempts(1), Duration.ofMinutes(1)),
                StepEnd.PLAIN);
    }
}
