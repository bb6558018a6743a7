package io.reprise.worker;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reprise.activities.contract.CachedSchemas;
import io.reprise.activities.contract.LedgerSchemas;
import io.reprise.activities.contract.RegistrySchemas;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.order.OrderAudit;
import io.reprise.activities.pipeline.InputDigest;
import io.reprise.activities.pipeline.PipelineDeclarations;
import io.reprise.activities.run.Audit;
import io.reprise.activities.run.Audits;
import io.reprise.activities.run.RunAudit;
import io.reprise.activities.run.RunDeclarations;
import io.reprise.activities.saga.FencePurge;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.OutboxEvent;
import io.reprise.activities.schedule.SlotAcceptance;
import io.reprise.activities.trigger.AvroDecoder;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.trigger.KeyOrder;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.run.AuditReport;
import io.reprise.db.run.KitMarks;
import io.reprise.db.run.RunMeters;
import io.reprise.db.shared.KeptMonths;
import io.reprise.worker.backfill.Backfilling;
import io.reprise.worker.order.OrderTopics;
import io.reprise.worker.order.Orders;
import io.reprise.worker.outbox.OutboxRelay;
import io.reprise.worker.outbox.OutboxSettings;
import io.reprise.worker.pipeline.ConnectionSecrets;
import io.reprise.worker.pipeline.FencedDatabase;
import io.reprise.worker.pipeline.PipelineFences;
import io.reprise.worker.pipeline.Pipelines;
import io.reprise.worker.pipeline.SqlQueues;
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
import io.reprise.worker.schedule.ScheduleKeeper;
import io.reprise.worker.schedule.Scheduling;
import io.reprise.worker.sensor.Sensing;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.stream.StreamSurroundings;
import io.reprise.worker.stream.Streams;
import io.reprise.worker.trigger.TriggerReaders;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A long-lived worker. It starts at once, whatever is there, says what it waits for, and goes on by itself when that comes;
 * closed, it finishes what is under way within half a minute and leaves the rest to the others.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration UNTOUCHED = Duration.ofSeconds(10);
    private static final Duration SWEEPING = Duration.ofSeconds(3);
    private static final Duration BETWEEN_AUDITS = Duration.ofSeconds(1);
    private static final Duration AUDIT_GRACE = Duration.ofSeconds(2);

    private static final Duration REGISTRY_ANSWERS = Duration.ofSeconds(5);

    private static final Sagas SAGAS = Sagas.of(OrderSaga.PLACE);

    private final WorkerSettings settings;
    private final String workerId = newId();
    private final Clock clock = Clock.systemUTC();
    private final Instant startedAt = clock.instant();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Parts parts = new Parts();
    private final Surroundings around;
    private final Ledger ledger;
    private final ManagementHttp http;

    private Worker(WorkerSettings settings) {
        this.settings = settings;
        this.around = parts.add(new Surroundings(settings, workerId, clock, registry));
        this.ledger = around.ledger();
        this.http =
                parts.add(ManagementHttp.listen(settings.httpHost(), settings.httpPort(), registry, around.watched()));
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
        parts.add(Service.when("outbox relay", this::relayOutbox, () -> {}));
        Starter starter =
                parts.add(Starter.start(ledger.startQueue(), around.temporal().client(), workerId, registry));
        StreamSurroundings streams =
                new StreamSurroundings(settings.kafkaBootstrap(), around.topics(), schemas(), ledger, clock, registry);
        SqlQueues sqlQueues = serve(starter, streams);
        take(starter, streams);
        tidy(sqlQueues);
        new RunMeters(ledger.recentRunCounts()).bindTo(registry);
        LOG.info("Worker {} started; it answers at {}", workerId, http());
    }

    /** Runs, their steps, and what drives them by the clock. */
    private SqlQueues serve(Starter starter, StreamSurroundings streams) {
        SlotAcceptance slots = new SlotAcceptance(ledger, PipelineDefinition::plan, starter::wake);
        SqlQueues sqlQueues = SqlQueues.follow(
                ledger,
                around.temporal().client(),
                around.writer(),
                secrets(),
                workerId,
                this::keptMonths,
                streams::activities,
                clock);
        Scheduling scheduling = new Scheduling(ledger, slots, new InputDigest(sqlQueues::database), clock);
        Backfilling backfilling = new Backfilling(ledger, slots);
        List<Registration> driven = List.of(scheduling.registration(), backfilling.registration());
        Service queues = Service.when("task queues", () -> serveTaskQueues(driven), starter::wake);
        parts.add(Presence.of(
                ledger.workers(), workerId, () -> around.presence(startedAt, build(), served(queues, sqlQueues))));
        parts.add(queues);
        parts.add(sqlQueues);
        parts.add(Service.when("schedules", () -> keep(scheduling), () -> {}));
        parts.add(backfilling.watch(around.temporal().client()));
        return sqlQueues;
    }

    /** What comes in over Kafka. */
    private void take(Starter starter, StreamSurroundings streams) {
        TriggerDefinition orders = TriggerDefinition.ordersPlaced(
                KeyOrder.valueOf(settings.orders().name()));
        parts.add(TriggerReaders.follow(
                ledger,
                settings.kafkaBootstrap(),
                around.topics(),
                new TriggerReaders.Own(
                        List.of(orders),
                        List.of(OrderTopics.PLACED),
                        settings.mode(),
                        () -> new AvroDecoder(streams.schemas())),
                starter::wake,
                registry,
                clock));
        parts.add(Sensing.start(
                ledger,
                settings.kafkaBootstrap(),
                around.topics(),
                new AvroDecoder(streams.schemas()),
                around.temporal().client(),
                workerId,
                registry,
                clock));
        parts.add(Streams.follow(streams, secrets()));
    }

    private ConnectionSecrets secrets() {
        return new ConnectionSecrets(System.getenv(), settings.catalog());
    }

    /** All ask one registry, the one that is named or else our own, and what one was told no other asks again. */
    private SchemaSource schemas() {
        return new CachedSchemas(settings.registry()
                .<SchemaSource>map(
                        registry -> parts.add(new RegistrySchemas(registry, Optional.empty(), REGISTRY_ANSWERS)))
                .orElseGet(() -> new LedgerSchemas(ledger.schemas())));
    }

    /** What kills, outages and time leave behind. */
    private void tidy(SqlQueues sqlQueues) {
        DataSource shop = around.besideSteps();
        parts.add(Housekeeping.start(
                ledger,
                List.of(new KitMarks(shop)),
                new FenceRetention(new FencePurge(shop)),
                settings.retention(),
                clock));
        RunDeclarations declarations = new PipelineDeclarations(ledger.runs(), RunDeclarations.of(SAGAS));
        PipelineFences fences = new PipelineFences(
                FencedDatabase.of(SqlDialect.POSTGRESQL, shop::getConnection, workerId, clock),
                sqlQueues,
                ledger.runs());
        parts.add(Sweeper.start(
                ledger,
                declarations,
                around.temporal().client(),
                fences,
                fences,
                clock,
                UNTOUCHED,
                SWEEPING,
                registry));
        parts.add(StepRestoring.start(ledger, fences, clock, UNTOUCHED, SWEEPING, registry));
        Audits audits = audits(declarations, fences);
        parts.add(Rounds.start("audits", AUDIT_GRACE, () -> audits.makeNext() ? Duration.ZERO : BETWEEN_AUDITS));
    }

    private Audits audits(RunDeclarations declarations, PipelineFences fences) {
        Audit orders = new OrderAudit(around.shop(), settings.kafkaBootstrap());
        Audit runs = new RunAudit(
                ledger.runs(),
                declarations,
                fences,
                fences::homes,
                around.temporal().client(),
                this::keptMonths,
                UNTOUCHED);
        return new Audits(
                ledger.auditReports(), workerId, Map.of(AuditReport.Kind.ORDERS, orders, AuditReport.Kind.ALL, runs));
    }

    private KeptMonths keptMonths() {
        return ledger.partitions().kept(settings.retention().firstKept(clock));
    }

    private TaskQueues serveTaskQueues(List<Registration> driven) throws SQLException {
        FencedSteps shop = around.shopSteps();
        around.temporal().prepare();
        return TaskQueues.serve(
                around.temporal().client(),
                registrations(shop, driven),
                settings.shop().pool() / 2);
    }

    /** Everything that is served, a line each. */
    private List<Registration> registrations(FencedSteps shop, List<Registration> driven) {
        List<Registration> all = new ArrayList<>(driven);
        all.add(Orders.registration(shop, ledger, clock));
        all.add(Pipelines.registration(ledger, around.temporal().client(), workerId, clock));
        all.add(Pipelines.preparingConnections());
        all.add(Streams.asking());
        return all;
    }

    private static List<String> served(Service queues, SqlQueues sqlQueues) {
        if (!queues.isRunning()) {
            return List.of();
        }
        List<String> names = new ArrayList<>(List.of(OrderWorkflow.TASK_QUEUE, PipelineWorkflow.TASK_QUEUE));
        names.addAll(sqlQueues.names());
        return names;
    }

    private ScheduleKeeper keep(Scheduling scheduling) {
        around.temporal().prepare();
        return scheduling.keep(around.temporal().client());
    }

    private OutboxRelay relayOutbox() throws Exception {
        around.topics().ensure(List.of(OrderTopics.EVENTS));
        return OutboxRelay.start(
                OutboxSettings.at(settings.shop().url(), OutboxEvent.SHARDS),
                workerId,
                around.besideSteps(),
                settings.kafkaBootstrap(),
                registry);
    }

    private static String newId() {
        return ManagementFactory.getRuntimeMXBean().getName() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String build() {
        String version = Worker.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void close() {
        LOG.info("Worker {} stops: it finishes what is under way", workerId);
        parts.close();
        LOG.info("Worker {} stopped", workerId);
    }
}
