package io.reprise.api.shared;

import io.reprise.catalog.pipeline.AfterDefinition;
import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.Concurrency;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.catalog.schedule.MissedPolicy;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A catalog of four pipelines: load and report, which runs after it, hourly, and one in which each slot waits. */
public final class DailyPipelines {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate START = LocalDate.parse("2026-01-01");

    private DailyPipelines() {}

    public static void apply(Ledger ledger) {
        apply(ledger, "true");
    }

    /** Applies them with another command in each step. */
    public static void apply(Ledger ledger, String word) {
        List<PipelineDefinition> all = List.of(
                definition("load", SlotKind.DAY, false, List.of(), word),
                definition("report", SlotKind.DAY, false, List.of(new AfterDefinition("load", Map.of())), word),
                definition("hourly", SlotKind.HOUR, false, List.of(), word),
                definition("balance", SlotKind.DAY, true, List.of(), word));
        ledger.definitions()
                .apply(
                        new NewCatalog(
                                all.stream()
                                        .map(it -> new NewDefinition(
                                                "pipeline", it.name().value(), it.json()))
                                        .toList(),
                                List.of(terms("hourly", "0 * * * *"), terms("load", "0 0 * * *"))),
                        "ann",
                        OptionalLong.empty());
    }

    private static ScheduleTerms terms(String name, String cron) {
        return new ScheduleTerms(
                name, cron, UTC, START.atStartOfDay(UTC).toInstant(), Missed.ALL, Duration.ofMinutes(5));
    }

    private static PipelineDefinition definition(
            String name, SlotKind slot, boolean sequential, List<AfterDefinition> after, String word) {
        return new PipelineDefinition(
                new Name(name),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SlotCalendar(slot, UTC)),
                Optional.of(
                        new ScheduleDefinition("0 0 * * *", UTC, Optional.of(START), MissedPolicy.ALL, Duration.ZERO)),
                List.of(),
                List.of(),
                new Concurrency(1, 4, sequential),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                FailurePolicy.HOLD,
                List.of(step(word)),
                List.of(),
                Hooks.NONE,
                after);
    }

    private static CommandStep step(String word) {
        StepHead head = new StepHead(
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
                Hooks.NONE);
        return new CommandStep(head, Guarantee.IDEMPOTENT, List.of(word), Optional.empty(), List.of());
    }
}
