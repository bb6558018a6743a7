package io.reprise.worker.schedule;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.schedule.SlotAcceptance;
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
import io.reprise.db.run.Run;
import io.reprise.db.run.RunFilter;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.run.Registration;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.shared.Rounds;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.PlannedTerms;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.StepEnd;
import io.reprise.workflows.pipeline.StepKind;
import io.reprise.workflows.pipeline.StepTurn;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A ledger, a Temporal, and a catalog of pipelines that run each day. Whatever is accepted, the stage ends at once. */
public final class ScheduleStage implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
    private final EmbeddedTemporal temporal;
    private final HikariDataSource database;
    private final Ledger ledger;
    private final TemporalLink link;
    private final Rounds ends;

    public ScheduleStage(TemporalSettings settings) {
        temporal = EmbeddedTemporal.start(settings);
        database = Pools.open(
                "test",
                new ConnectionSettings(
                        postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, 12),
                12);
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
        link = new TemporalLink(
                new io.reprise.worker.run.TemporalSettings(temporal.target(), temporal.namespace()),
                "test",
                new SimpleMeterRegistry());
        link.prepare();
        ends = Rounds.start("ends", Duration.ofSeconds(2), this::endWhatWasAccepted);
    }

    public static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    public Ledger ledger() {
        return ledger;
    }

    public WorkflowClient temporal() {
        return link.client();
    }

    public boolean isInMemory() {
        return temporal.isInMemory();
    }

    public SlotAcceptance acceptance() {
        return new SlotAcceptance(ledger, ScheduleStage::plan, () -> {});
    }

    private static Plan plan(PipelineDefinition definition) {
        PlannedStep load = new PlannedStep(
                "load",
                StepKind.COMMAND,
                "pipeline",
                StepTurn.after(),
                PlannedTerms.unfenced(Retry.attempts(1), Duration.ofMinutes(1)),
                StepEnd.PLAIN);
        return new Plan(definition.name(), definition.failure(), List.of(load), List.of(), List.of());
    }

    Scheduling scheduling() {
        return new Scheduling(ledger, acceptance(), (_, _) -> "", Clock.systemUTC());
    }

    public TaskQueues serve(Registration registration) {
        return TaskQueues.serve(link.client(), List.of(registration), 4);
    }

    /** A catalog with nothing but pipelines that run at midnight since a day. */
    public void applyDaily(LocalDate since, String... names) {
        apply("0 0 * * *", since, names);
    }

    void apply(String cron, LocalDate since, String... names) {
        List<PipelineDefinition> all =
                Arrays.stream(names).map(name -> definition(name, cron, since)).toList();
        ledger.definitions()
                .apply(
                        new NewCatalog(
                                all.stream()
                                        .map(it -> new NewDefinition(
                                                "pipeline", it.name().value(), it.json()))
                                        .toList(),
                                all.stream().map(it -> terms(it, since)).toList()),
                        "ann",
                        OptionalLong.empty());
    }

    private static ScheduleTerms terms(PipelineDefinition definition, LocalDate since) {
        return new ScheduleTerms(
                definition.name().value(),
                definition.schedule().orElseThrow().cron(),
                UTC,
                since.atStartOfDay(UTC).toInstant(),
                Missed.ALL,
                Duration.ZERO);
    }

    Optional<Schedule> schedule(String name) {
        return ledger.schedules().byPipeline(name);
    }

    public List<Run> runs(String pipeline) {
        return ledger.runs()
                .ofSlots(pipeline, "2", "3", NamedPageRequest.first(Page.MOST))
                .items();
    }

    private Duration endWhatWasAccepted() {
        RunFilter queued = new RunFilter(
                Optional.of("pipeline"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Forward.QUEUED),
                Optional.empty(),
                Optional.empty());
        ledger.runs().page(queued, PageRequest.first(Page.MOST)).items().forEach(this::end);
        return Duration.ofMillis(20);
    }

    private void end(Run run) {
        ledger.outcomes()
                .settle(new RunOutcome(
                        run.ref().runId(),
                        run.ref().startedOn(),
                        run.ref().workflowId(),
                        1,
                        Forward.SUCCEEDED,
                        Compensation.NONE,
                        null,
                        null,
                        List.of()));
    }

    private static PipelineDefinition definition(String name, String cron, LocalDate since) {
        return new PipelineDefinition(
                new Name(name),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SlotCalendar(SlotKind.DAY, UTC)),
                Optional.of(new ScheduleDefinition(cron, UTC, Optional.of(since), MissedPolicy.ALL, Duration.ZERO)),
                List.of(),
                List.of(),
                new Concurrency(1, 1_000, false),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                FailurePolicy.HOLD,
                List.of(load()),
                List.of(),
                Hooks.NONE,
                List.of());
    }

    private static CommandStep load() {
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
        return new CommandStep(head, Guarantee.IDEMPOTENT, List.of("true"), Optional.empty(), List.of());
    }

    @Override
    public void close() {
        ends.close();
        link.close();
        database.close();
        temporal.close();
        postgres.close();
    }
}
