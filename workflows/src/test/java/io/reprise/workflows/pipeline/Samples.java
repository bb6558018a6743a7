package io.reprise.workflows.pipeline;

import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Deadline;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import io.reprise.workflows.saga.StepGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** One of each of a pipeline's records, with everything that may stand in them. */
public final class Samples {

    public static final String DEFINITION = "0123456789abcdef".repeat(4);

    public static final SlotValue SLOT = new SlotValue(
            "2026-10-25",
            SlotKind.DAY,
            ZoneId.of("Europe/Berlin"),
            Instant.parse("2026-10-24T22:00:00Z"),
            Instant.parse("2026-10-25T23:00:00Z"));

    public static final PlannedTerms SQL_TERMS =
            PlannedTerms.fenced(new Retry(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(1)), Duration.ofMinutes(5));

    private Samples() {}

    public static Plan plan() {
        return new Plan(
                new Name("daily-aggregation"),
                FailurePolicy.UNDO,
                List.of(
                        new PlannedStep(
                                "events-there",
                                StepKind.WAIT,
                                "sql.warehouse",
                                StepTurn.after(),
                                PlannedTerms.waiting(Duration.ofSeconds(30), Duration.ofHours(1)),
                                StepEnd.PLAIN),
                        new PlannedStep(
                                "load[EU]",
                                StepKind.SQL,
                                "sql.warehouse",
                                StepTurn.after("events-there").in(new StepGroup("load", 4)),
                                SQL_TERMS
                                        .heartbeat(Duration.ofSeconds(20))
                                        .within(new Deadline(Duration.ofHours(1), "too-slow")),
                                StepEnd.UNDONE.continuing()),
                        new PlannedStep(
                                "apply",
                                StepKind.PUBLISH,
                                "sql.warehouse",
                                StepTurn.after("load[EU]")
                                        .when(new Condition("load[EU].rows", Relation.GREATER, 0))
                                        .reading("load[EU].rows"),
                                SQL_TERMS.locally(),
                                StepEnd.UNDONE)),
                List.of(new PlannedStep(
                        "clean", StepKind.COMMAND, "pipeline", StepTurn.after(), unfenced(), StepEnd.PLAIN)),
                List.of(HookPoint.ofRun(Occasion.FAILURE), HookPoint.ofStep(Occasion.STUCK, "apply")));
    }

    private static PlannedTerms unfenced() {
        return PlannedTerms.unfenced(Retry.attempts(1), Duration.ofMinutes(1));
    }

    public static PipelineInput input() {
        return PipelineInput.of(DEFINITION, plan(), SLOT, Map.of("region", "EU"))
                .inheriting(List.of(new Inherited(
                        "load[EU]",
                        new WorkflowId("pipeline/daily-aggregation/2026-10-25").step("load[EU]"),
                        Map.of("rows", 5))))
                .only(List.of("apply"));
    }

    public static PipelineStep step() {
        return new PipelineStep(DEFINITION, "apply", SLOT, Map.of("region", "EU"), Map.of("load[EU].rows", 5));
    }
}
