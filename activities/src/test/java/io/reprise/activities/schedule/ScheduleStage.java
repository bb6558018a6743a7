package io.reprise.activities.schedule;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.run.Run;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A ledger with a catalog, and a clock that stands. Nothing runs: runs end when a test says so. */
public final class ScheduleStage {

    private static final String EMPTY = "truncate reprise.run, reprise.run_key, reprise.schedule, reprise.slot_input,"
            + " reprise.schedule_follower, reprise.overdue_slot, reprise.applied_definition, reprise.backfill cascade";

    private final HikariDataSource pool = Database.MIGRATED;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-10-03T00:01:00Z"));
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});
    private final Map<String, String> inputs = new ConcurrentHashMap<>();
    private final Ledger ledger;

    public ScheduleStage() {
        execute(EMPTY);
        ledger = Ledger.over(pool, clock);
    }

    public Ledger ledger() {
        return ledger;
    }

    public MovableClock clock() {
        return clock;
    }

    public int wakes() {
        return wakes.get();
    }

    public void apply(Sketches... sketches) {
        List<PipelineDefinition> all =
                Arrays.stream(sketches).map(Sketches::definition).toList();
        ledger.definitions()
                .apply(
                        new NewCatalog(
                                all.stream()
                                        .map(it -> new NewDefinition(
                                                "pipeline", it.name().value(), it.json()))
                                        .toList(),
                                all.stream()
                                        .filter(it -> it.schedule().isPresent())
                                        .map(ScheduleStage::terms)
                                        .toList()),
                        "ann",
                        OptionalLong.empty());
    }

    private static ScheduleTerms terms(PipelineDefinition definition) {
        ScheduleDefinition schedule = definition.schedule().orElseThrow();
        return new ScheduleTerms(
                definition.name().value(),
                schedule.cron(),
                schedule.zone(),
                schedule.startInstant().orElseThrow(),
                Missed.of(schedule.missed().name().toLowerCase(Locale.ROOT)),
                schedule.jitter());
    }

    public KnownPipelines pipelines() {
        return new KnownPipelines(ledger.definitions());
    }

    public SlotAcceptance acceptance() {
        return new SlotAcceptance(ledger, Sketches.PLANNING, () -> {
            wakes.incrementAndGet();
            next.getAndSet(() -> {}).run();
        });
    }

    /** Happens once, between the next acceptance of a run and whatever follows it. */
    public void afterNextAcceptance(Runnable happens) {
        next.set(happens);
    }

    SlotDigests digests() {
        return new SlotDigests(ledger.slotInputs(), (_, slot) -> inputs.getOrDefault(slot.name(), "nothing"), clock);
    }

    /** From now on the input of a slot has other rows. */
    void inputIs(String slot, String digest) {
        inputs.put(slot, digest);
    }

    LedgerLauncher launcher() {
        return new LedgerLauncher(ledger.schedules(), pipelines(), acceptance(), digests());
    }

    Schedule schedule(String name) {
        return ledger.schedules().byPipeline(name).orElseThrow();
    }

    KnownPipeline pipeline(String name) {
        return pipelines().current(name).orElseThrow();
    }

    /** The newest run of each slot. */
    public List<Run> runs(String pipeline) {
        return ledger.runs()
                .ofSlots(pipeline, "2", "3", NamedPageRequest.first(500))
                .items();
    }

    public List<String> workflowIds(String pipeline) {
        return runs(pipeline).stream()
                .map(run -> run.ref().workflowId().value().replaceFirst("^pipeline/", ""))
                .toList();
    }

    /** A daily pipeline with a run that was accepted. */
    public Run queued(String pipeline, String slot) {
        apply(Sketches.daily(pipeline));
        ask(pipeline, slot, Map.of());
        return ledger.runs().ofSlot(pipeline, slot).orElseThrow();
    }

    /** Accepts a slot as a person asks for it. */
    void ask(String pipeline, String slot, Map<String, ?> parameters) {
        KnownPipeline known = pipeline(pipeline);
        try {
            PipelineRequest request = PipelineRequest.ofSlot(
                    known.definition(), known.definition().slot().orElseThrow().named(slot), parameters);
            acceptance().accept(request, known.hash(), 1, "pipeline.run");
        } catch (BadSlot | BadParameters impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Ends the newest run of a slot. */
    public void end(String pipeline, String slot, Forward forward) {
        end(pipeline, slot, forward, List.of());
    }

    /** The same after its step was done. */
    public void endDone(String pipeline, String slot, Forward forward) {
        end(pipeline, slot, forward, List.of(new StepOutcome("load", Forward.SUCCEEDED, Compensation.NONE, null)));
    }

    private void end(String pipeline, String slot, Forward forward, List<StepOutcome> steps) {
        Run run = ledger.runs().ofSlot(pipeline, slot).orElseThrow();
        ledger.outcomes()
                .settle(new RunOutcome(
                        run.ref().runId(),
                        run.ref().startedOn(),
                        run.ref().workflowId(),
                        1,
                        forward,
                        Compensation.NONE,
                        forward == Forward.SUCCEEDED ? null : "check-failed",
                        forward == Forward.SUCCEEDED ? null : "3 rows are wrong",
                        steps));
    }

    public void execute(String statement) {
        try (Connection connection = pool.getConnection();
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** One for all tests, each of which finds it empty. */
    private static final class Database {
        private static final HikariDataSource MIGRATED = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 8);

        static {
            LedgerMigrations.migrate(MIGRATED);
        }
    }
}
