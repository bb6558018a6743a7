package io.reprise.worker;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.order.OrderAudit;
import io.reprise.activities.order.SampleShop;
import io.reprise.activities.pipeline.InputDigest;
import io.reprise.activities.run.Audit;
import io.reprise.activities.run.Audits;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.RunAudit;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.FenceClosing;
import io.reprise.activities.saga.FencePurge;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.Fences;
import io.reprise.activities.saga.OutboxEvent;
import io.reprise.activities.schedule.SlotAcceptance;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.run.AuditReport;
import io.reprise.db.run.KitMarks;
import io.reprise.db.run.RunMeters;
import io.reprise.db.run.WorkerPresence;
import io.reprise.db.shared.KeptMonths;
import io.reprise.worker.backfill.Backfilling;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.order.OrderTopics;
import io.reprise.worker.order.Orders;
import io.reprise.worker.order.PlacedOrders;
import io.reprise.worker.outbox.EventLogWatch;
import io.reprise.worker.outbox.OutboxRelay;
import io.reprise.worker.outbox.OutboxSettings;
import io.reprise.worker.pipeline.ConnectionSecrets;
import io.reprise.worker.pipeline.PipelineFences;
import io.reprise.worker.pipeline.Pipelines;
import io.reprise.worker.pipeline.SqlQueues;
import io.reprise.worker.run.Dependency;
import io.reprise.worker.run.FenceRetention;
import io.reprise.worker.run.Housekeeping;
import io.reprise.worker.run.ManagementHttp;
import io.reprise.worker.run.Presence;
import io.reprise.worker.run.Registration;
import io.reprise.worker.run.Service;
import io.reprise.worker.run.Starter;
import io.reprise.worker.run.StepRestoring;
import io.reprise.worker.run.Sweeper;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.schedule.ScheduleKeeper;
import io.reprise.worker.schedule.Scheduling;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Topics;
import io.reprise.worker.trigger.TriggerLoop;
import io.reprise.worker.trigger.TriggerSettings;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.pipeline.PipelineWorkflow;
import io.reprise.workflows.saga.Sagas;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A long-lived worker. It starts at once, whatever is there, says what it waits for, and goes on by itself when that comes;
 * closed, it finishes what is under way within half a minute and leaves the rest to the others.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration WRITER_FLUSH = Duration.ofSeconds(3);
    private static final Duration UNTOUCHED = Duration.ofSeconds(10);
    private static final Duration SWEEPING = Duration.ofSeconds(3);
    private static final Duration LOOKING_AT_THE_LOG = Duration.ofMinutes(1);
    private static final Duration BETWEEN_AUDITS = Duration.ofSeconds(1);
    private static final Duration AUDIT_GRACE = Duration.ofSeconds(2);

    // The relay's shards, its dispatcher, the sweeper, the restoring of steps, housekeeping and an audit.
    private static final int RELAY_POOL = OutboxEvent.SHARDS + 5;

    private static final Sagas SAGAS = Sagas.of(OrderSaga.PLACE);

    private final WorkerSettings settings;
    private final String workerId;
    private final Instant startedAt;
    private final Clock clock = Clock.systemUTC();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HikariDataSource ledgerPool;
    private final HikariDataSource shopPool;
    private final HikariDataSource relayPool;
    private final Ledger ledger;
    private final Topics topics;
    private final TemporalLink temporal;
    private final LedgerWriter writer;
    private final Dependency ledgerThere;
    private final Dependency shopThere;
    private final Dependency kafkaThere;
    private final Dependency temporalThere;
    private final EventLogWatch eventLog;
    private final ManagementHttp http;
    private volatile boolean seeded;
    private volatile boolean mayWriteLedger;

    private Worker(WorkerSettings settings) {
        this.settings = settings;
        this.workerId = workerId();
        this.startedAt = clock.instant();
        this.ledgerPool =
                part(Pools.open("ledger", settings.ledger(), settings.ledger().pool()));
        this.shopPool = part(ConnectionPool.open("shop", settings.shop()));
        this.relayPool = part(Pools.open("outbox", settings.shop(), RELAY_POOL));
        this.ledger = Ledger.over(ledgerPool, clock);
        this.topics = part(new Topics(settings.kafkaBootstrap()));
        this.temporal = part(new TemporalLink(settings.temporal(), workerId, registry));
        this.writer = part(new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), WRITER_FLUSH));
        this.ledgerThere = part(Dependency.on("ledger", ledger::ping));
        this.shopThere = part(Dependency.on("shop", this::askShop));
        this.kafkaThere = part(Dependency.on("kafka", topics::ping));
        this.temporalThere = part(Dependency.on("temporal", temporal::ping));
        this.eventLog = part(EventLogWatch.start(OrderTopics.EVENTS, topics, LOOKING_AT_THE_LOG, registry));
        this.http = part(ManagementHttp.listen(
                settings.httpHost(),
                settings.httpPort(),
                registry,
                List.of(ledgerThere, shopThere, kafkaThere, temporalThere)));
    }

    /** Starts all of it and returns at once; what it needs may come later. */
    public static Worker start(WorkerSettings settings) {
        Worker worker = new Worker(settings);
        try {
            worker.startParts();
            return worker;
        } catch (RuntimeException | Error e) {
            worker.close();
            throw e;
        }
    }

    public String id() {
        return workerId;
    }

    /** Where {@code /health} and {@code /metrics} are. */
    public URI http() {
        return URI.create("http://" + settings.httpHost() + ":" + http.port());
    }

    private void startParts() {
        // Parts close in reverse: what the last steps tell is still sent.
        part(Service.when("outbox relay", this::relayOutbox, () -> {}));
        Starter starter = part(Starter.start(ledger.startQueue(), temporal.client(), workerId, registry));
        SlotAcceptance slots = new SlotAcceptance(ledger, PipelineDefinition::plan, starter::wake);
        SqlQueues sqlQueues = SqlQueues.follow(
                ledger,
                temporal.client(),
                writer,
                new ConnectionSecrets(System.getenv(), settings.catalog()),
                workerId,
                clock);
        Scheduling scheduling = new Scheduling(ledger, slots, new InputDigest(sqlQueues::database), clock);
        Backfilling backfilling = new Backfilling(ledger, slots);
        List<Registration> driven = List.of(scheduling.registration(), backfilling.registration());
        Service queues = Service.when("task queues", () -> serveTaskQueues(driven), starter::wake);
        Presence presence = Presence.of(ledger.workers(), workerId, () -> presence(queues, sqlQueues));
        part(presence);
        part(queues);
        part(sqlQueues);
        part(Service.when("schedules", () -> keep(scheduling), () -> {}));
        part(backfilling.watch(temporal.client()));
        part(TriggerLoop.start(
                TriggerSettings.of(PlacedOrders.TRIGGER, OrderTopics.PLACED, settings.orders()),
                settings.kafkaBootstrap(),
                ledger,
                topics,
                new PlacedOrders(settings.orders(), settings.mode()),
                starter::wake,
                registry));
        part(Housekeeping.start(
                ledger,
                List.of(new KitMarks(relayPool)),
                new FenceRetention(new FencePurge(relayPool)),
                settings.retention(),
                clock));
        PipelineFences fences = new PipelineFences(new Fences(relayPool), sqlQueues, ledger.runs());
        part(Sweeper.start(
                ledger,
                SAGAS,
                temporal.client(),
                fences,
                new FenceClosing(relayPool, workerId),
                clock,
                UNTOUCHED,
                SWEEPING,
                registry));
        part(StepRestoring.start(ledger, fences, clock, UNTOUCHED, SWEEPING, registry));
        new RunMeters(ledger.recentRunCounts()).bindTo(registry);
        Audits audits = audits();
        part(Rounds.start("audits", AUDIT_GRACE, () -> audits.makeNext() ? Duration.ZERO : BETWEEN_AUDITS));
        LOG.info("Worker {} started; it answers at {}", workerId, http());
    }

    /** Everything that is served, a line each. */
    private List<Registration> registrations(FencedSteps shop, List<Registration> driven) {
        List<Registration> all = new ArrayList<>(driven);
        all.add(Orders.registration(shop, ledger, clock));
        all.add(Pipelines.registration(ledger, temporal.client(), workerId, clock));
        all.add(Pipelines.preparingConnections());
        return all;
    }

    private Audits audits() {
        Audit orders = new OrderAudit(shopPool, settings.kafkaBootstrap());
        Audit runs = new RunAudit(
                ledger.runs(), SAGAS, new Fences(relayPool), temporal.client(), this::keptMonths, UNTOUCHED);
        return new Audits(
                ledger.auditReports(), workerId, Map.of(AuditReport.Kind.ORDERS, orders, AuditReport.Kind.ALL, runs));
    }

    private KeptMonths keptMonths() {
        return ledger.partitions().kept(settings.retention().firstKept(clock));
    }

    private TaskQueues serveTaskQueues(List<Registration> driven) throws SQLException {
        FencedSteps shop = FencedSteps.onPostgres(
                shopPool, StepLedger.choose(shopPool, ledgerPool, writer, clock), workerId, clock);
        temporal.prepare();
        return TaskQueues.serve(
                temporal.client(), registrations(shop, driven), settings.shop().pool() / 2);
    }

    private ScheduleKeeper keep(Scheduling scheduling) {
        temporal.prepare();
        return scheduling.keep(temporal.client());
    }

    private OutboxRelay relayOutbox() throws Exception {
        topics.ensure(List.of(OrderTopics.EVENTS));
        return OutboxRelay.start(
                OutboxSettings.of(databaseName(settings.shop().url()), OutboxEvent.SHARDS),
                workerId,
                relayPool,
                settings.kafkaBootstrap(),
                registry);
    }

    private WorkerPresence presence(Service queues, SqlQueues sqlQueues) {
        return new WorkerPresence(
                workerId,
                startedAt,
                clock.instant(),
                build(),
                queues.isRunning() ? served(sqlQueues) : List.of(),
                kafka(),
                queues.isRunning() || !temporalThere.isUp() ? temporalThere.state() : "starting",
                shopThere.state(),
                shopThere.isUp() && seeded);
    }

    private static List<String> served(SqlQueues sqlQueues) {
        List<String> queues = new ArrayList<>(List.of(OrderWorkflow.TASK_QUEUE, PipelineWorkflow.TASK_QUEUE));
        queues.addAll(sqlQueues.names());
        return queues;
    }

    /** A log that forgets stops nobody today, so Kafka is up; the words go on to whoever asks whether all is ready. */
    private String kafka() {
        return kafkaThere.isUp()
                ? eventLog.complaint()
                        .map(words -> Dependency.UP + ", but " + words)
                        .orElse(Dependency.UP)
                : kafkaThere.state();
    }

    private void askShop() throws SQLException {
        seeded = SampleShop.isSeeded(shopPool);
        if (!mayWriteLedger && ledgerThere.isUp()) {
            StepLedger.requireRights(shopPool, ledgerPool);
            mayWriteLedger = true;
        }
    }

    /** Several workers share one outbox; outboxes that share a Kafka are told apart by where they lie. */
    private static String databaseName(String url) {
        return url.replaceFirst("^jdbc:[a-z]+:", "")
                .replaceFirst("[?].*$", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceFirst("^-", "");
    }

    private static String workerId() {
        return ManagementFactory.getRuntimeMXBean().getName() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String build() {
        String version = Worker.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private static void closePart(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not stop in order; the rest does", part, e);
        }
    }

    @Override
    public void close() {
        LOG.info("Worker {} stops: it finishes what is under way", workerId);
        while (!parts.isEmpty()) {
            closePart(parts.pop());
        }
        LOG.info("Worker {} stopped", workerId);
    }
}
