package io.reprise.db;

import io.reprise.db.access.OperatorAudit;
import io.reprise.db.backfill.BackfillSlots;
import io.reprise.db.backfill.Backfills;
import io.reprise.db.connection.ConnectionLeases;
import io.reprise.db.connection.ConnectionProbes;
import io.reprise.db.contract.Schemas;
import io.reprise.db.contract.SubjectSettings;
import io.reprise.db.contract.Subjects;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.pipeline.Definitions;
import io.reprise.db.pipeline.KeptSteps;
import io.reprise.db.run.Acceptance;
import io.reprise.db.run.AcceptanceOfMany;
import io.reprise.db.run.AuditReports;
import io.reprise.db.run.FailingRuns;
import io.reprise.db.run.Generations;
import io.reprise.db.run.IdempotencyKeys;
import io.reprise.db.run.LedgerMark;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.RecentRunCounts;
import io.reprise.db.run.RunChecks;
import io.reprise.db.run.RunLogs;
import io.reprise.db.run.RunStatements;
import io.reprise.db.run.Runs;
import io.reprise.db.run.StartQueue;
import io.reprise.db.run.StepFacts;
import io.reprise.db.run.UncheckedSteps;
import io.reprise.db.run.Workers;
import io.reprise.db.schedule.OverdueSlots;
import io.reprise.db.schedule.Schedules;
import io.reprise.db.schedule.SlotFollowers;
import io.reprise.db.schedule.SlotInputs;
import io.reprise.db.sensor.SensorReading;
import io.reprise.db.sensor.Sensors;
import io.reprise.db.shared.Partitions;
import io.reprise.db.shared.Sql;
import io.reprise.db.stream.Streams;
import io.reprise.db.trigger.TriggerAcceptance;
import io.reprise.db.trigger.TriggerInbox;
import io.reprise.db.trigger.TriggerLogs;
import io.reprise.db.trigger.TriggerPlaces;
import io.reprise.db.trigger.Triggers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** The stores of one ledger. They hold no state of their own and may be used by any number of threads. */
public final class Ledger {

    private final DataSource database;
    private final DSLContext sql;
    private final Clock clock;
    private final RandomGenerator chance = new SecureRandom();

    private Ledger(DataSource database, Clock clock) {
        this.database = database;
        this.sql = Sql.over(database);
        this.clock = clock;
    }

    public static Ledger over(DataSource database, Clock clock) {
        return new Ledger(database, clock);
    }

    /** Throws where the ledger cannot be reached. */
    public void ping() {
        sql.selectOne().fetch();
    }

    public Acceptance acceptance() {
        return new Acceptance(sql, clock, chance);
    }

    public Generations generations() {
        return new Generations(runs(), acceptance(), keptSteps());
    }

    public KeptSteps keptSteps() {
        return new KeptSteps(runs());
    }

    public Runs runs() {
        return new Runs(sql);
    }

    public StartQueue startQueue() {
        return new StartQueue(sql, clock);
    }

    public Outcomes outcomes() {
        return new Outcomes(sql, clock);
    }

    public FailingRuns failingRuns() {
        return new FailingRuns(sql, clock);
    }

    public StepFacts stepFacts() {
        return new StepFacts(database);
    }

    public UncheckedSteps uncheckedSteps() {
        return new UncheckedSteps(sql);
    }

    public RecentRunCounts recentRunCounts() {
        return new RecentRunCounts(runs(), clock);
    }

    public RunLogs runLogs() {
        return new RunLogs(sql);
    }

    public RunStatements runStatements() {
        return new RunStatements(sql);
    }

    public RunChecks runChecks() {
        return new RunChecks(sql);
    }

    public Definitions definitions() {
        return new Definitions(sql, clock);
    }

    public ConnectionProbes connectionProbes() {
        return new ConnectionProbes(sql);
    }

    public ConnectionLeases connectionLeases() {
        return new ConnectionLeases(sql, clock);
    }

    public Schemas schemas() {
        return new Schemas(sql, clock);
    }

    public Subjects subjects() {
        return new Subjects(sql, clock);
    }

    public SubjectSettings subjectSettings() {
        return new SubjectSettings(sql);
    }

    public Schedules schedules() {
        return new Schedules(sql, clock);
    }

    public SlotInputs slotInputs() {
        return new SlotInputs(sql);
    }

    public SlotFollowers slotFollowers() {
        return new SlotFollowers(sql);
    }

    public OverdueSlots overdueSlots() {
        return new OverdueSlots(sql, clock);
    }

    public Backfills backfills() {
        return new Backfills(sql, clock, chance);
    }

    public BackfillSlots backfillSlots() {
        return new BackfillSlots(sql, clock);
    }

    public IdempotencyKeys idempotencyKeys() {
        return new IdempotencyKeys(sql, clock);
    }

    public Triggers triggers() {
        return new Triggers(sql, clock);
    }

    public TriggerInbox triggerInbox() {
        return new TriggerInbox(sql);
    }

    public TriggerPlaces triggerPlaces() {
        return new TriggerPlaces(sql, clock);
    }

    public Streams streams() {
        return new Streams(sql, clock);
    }

    public Sensors sensors() {
        return new Sensors(sql, clock);
    }

    public SensorReading sensorReading() {
        return new SensorReading(sql, clock);
    }

    public TriggerLogs triggerLogs() {
        return new TriggerLogs(sql, clock);
    }

    public TriggerAcceptance triggerAcceptance() {
        return new TriggerAcceptance(sql, clock, new AcceptanceOfMany(clock, chance), deadLetters());
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(sql, clock, chance, acceptance());
    }

    public Workers workers() {
        return new Workers(sql, clock);
    }

    public OperatorAudit operatorAudit() {
        return new OperatorAudit(sql, clock);
    }

    public AuditReports auditReports() {
        return new AuditReports(sql, clock, chance);
    }

    public LedgerMark mark() {
        return new LedgerMark(sql, clock);
    }

    public Partitions partitions() {
        return new Partitions(sql);
    }

    /** Forgets dead letters and audits that were settled, and what operators decided, before that. */
    public void forgetSettled(Instant before) {
        deadLetters().forgetResolved(before);
        auditReports().forgetEnded(before);
        operatorAudit().forget(before);
    }

    /** Forgets what has no partition of its own. Definitions come last: a backfill that is known needs its own. */
    public void forgetBefore(Instant firstKept) {
        backfills().forgetEndedBefore(firstKept);
        overdueSlots().forgetBefore(firstKept);
        slotInputs().forgetBefore(firstKept);
        schedules().forgetRemovedBefore(firstKept);
        definitions().forgetRemovedBefore(firstKept);
    }
}
