package io.reprise.worker.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.pipeline.PreparedSessions;
import io.reprise.activities.pipeline.SqlConnection;
import io.reprise.activities.pipeline.SqlParts;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.FencePurge;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.sql.Sessions;
import io.reprise.activities.sql.StatementLimit;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.run.LedgerStanding;
import io.reprise.db.shared.KeptMonths;
import io.reprise.worker.run.FenceRetention;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.shared.Complaints;
import io.reprise.worker.shared.Ending;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.Rounds;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code sql.<connection>} for each connection of the catalog that is applied: those that appear, change or go are
 * followed while the worker runs. Each has a pool of its own, so a database that is away keeps nobody else waiting.
 */
public final class SqlQueues implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqlQueues.class);
    private static final String KIND = "connection";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int SESSIONS_TO_PREPARE = 3;

    private final Ledger ledger;
    private final WorkflowClient temporal;
    private final LedgerWriter writer;
    private final ConnectionSecrets secrets;
    private final String workerId;
    private final Supplier<KeptMonths> kept;
    private final Function<Sessions, List<Object>> others;
    private final Clock clock;
    private final Map<String, SqlQueue> served = new ConcurrentSkipListMap<>();
    private final Complaints complaints = new Complaints();
    private final Rounds rounds;
    private final Every removed = new Every(Duration.ofSeconds(10));
    private long seen = -1;

    private SqlQueues(
            Ledger ledger,
            WorkflowClient temporal,
            LedgerWriter writer,
            ConnectionSecrets secrets,
            String workerId,
            Supplier<KeptMonths> kept,
            Function<Sessions, List<Object>> others,
            Clock clock) {
        this.ledger = ledger;
        this.temporal = temporal;
        this.writer = writer;
        this.secrets = secrets;
        this.workerId = workerId;
        this.kept = kept;
        this.others = others;
        this.clock = clock;
        this.rounds = Rounds.start("connections", GRACE, this::round);
    }

    /**
     * Follows the catalog from now on.
     *
     * @param kept the months whose runs the ledger has not dropped
     * @param others what else is served where a connection's sessions are
     */
    public static SqlQueues follow(
            Ledger ledger,
            WorkflowClient temporal,
            LedgerWriter writer,
            ConnectionSecrets secrets,
            String workerId,
            Supplier<KeptMonths> kept,
            Function<Sessions, List<Object>> others,
            Clock clock) {
        return new SqlQueues(ledger, temporal, writer, secrets, workerId, kept, others, clock);
    }

    /** The task queues that are served now. */
    public List<String> names() {
        return served.keySet().stream().map(name -> "sql." + name).toList();
    }

    /** The database of a connection that is served now. */
    public Optional<DataSource> database(String connection) {
        return Optional.ofNullable(served.get(connection)).map(SqlQueue::database);
    }

    /** All connections that the catalog has, whether they are served now or not. */
    List<String> known() {
        return ledger.definitions().current(KIND).stream().map(Definition::name).toList();
    }

    /** Those of a connection that is served now. */
    Optional<FencedDatabase> fenced(String connection) {
        return Optional.ofNullable(served.get(connection)).map(SqlQueue::fenced);
    }

    private Duration round() {
        long revision = ledger.definitions().revision();
        boolean due = removed.isDue();
        if ((due || revision != seen) && follow(wanted())) {
            seen = revision;
        }
        served.values().forEach(SqlQueue::renewPlaces);
        return BETWEEN_LOOKS;
    }

    /** What the catalog has, and what it has no more while runs are under way on it. */
    private List<Definition> wanted() {
        List<Definition> wanted = new ArrayList<>(ledger.definitions().current(KIND));
        wanted.addAll(ledger.definitions().removedConnectionsInUse());
        return wanted;
    }

    /** Answers whether every one of them is served as it stands now. */
    private boolean follow(List<Definition> current) {
        List<String> names = current.stream().map(Definition::name).toList();
        served.keySet().stream().filter(name -> !names.contains(name)).forEach(this::end);
        boolean all = true;
        for (Definition connection : current) {
            all &= serve(connection);
        }
        return all;
    }

    private boolean serve(Definition connection) {
        String name = connection.name();
        Optional<SqlQueue> before = Optional.ofNullable(served.get(name));
        if (before.filter(queue -> queue.definition().equals(connection.hash())).isPresent()) {
            return true;
        }
        try {
            SqlQueue queue = open(connection);
            end(name);
            served.put(name, queue);
            complaints.settled(name);
            LOG.info("Connection {} is served on sql.{}", name, name);
            return true;
        } catch (RuntimeException unservable) {
            if (complaints.isNews(name, unservable)) {
                LOG.warn("Connection {} is not served as it stands now, and is tried again", name, unservable);
            }
            return false;
        }
    }

    private SqlQueue open(Definition definition) {
        ConnectionDefinition connection = secrets.placed(ConnectionDefinition.fromJson(definition.text()));
        String name = definition.name();
        HikariDataSource pool = ConnectionPool.open(connection, () -> secrets.password(connection));
        try {
            PreparedSessions sessions =
                    new PreparedSessions(name, connection.dialect(), pool::getConnection, () -> prepare(connection));
            FencedSteps steps =
                    FencedSteps.on(connection.dialect(), sessions, StepLedger.apart(writer), workerId, clock);
            SqlParts parts = new SqlParts(
                    new SqlConnection(
                            name,
                            connection.dialect(),
                            sessions,
                            steps,
                            new StatementLimit(name, connection.statementTimeout())),
                    definition.hash(),
                    () -> toPrepare(connection),
                    ledger,
                    clock);
            Places places = new Places();
            HeldPlaces held = new HeldPlaces(
                    ledger.connectionLeases(),
                    connection,
                    workerId + "/" + definition.hash().substring(0, 8),
                    places);
            List<Object> activities = new ArrayList<>(parts.activities());
            activities.addAll(others.apply(sessions));
            TaskQueues queue = TaskQueues.serveActivities(temporal, "sql." + name, activities, places);
            ConnectionSweeping sweeping = ConnectionSweeping.start(
                    name,
                    sessions,
                    parts::sweepStages,
                    new FenceRetention(new FencePurge(connection.dialect(), sessions::asTheyAre)),
                    this::forgotten);
            FencedDatabase fenced = FencedDatabase.of(connection.dialect(), sessions::asTheyAre, workerId, clock);
            return new SqlQueue(definition.hash(), pool, held, queue, sweeping, fenced);
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    private Optional<KeptMonths> forgotten() {
        return switch (ledger.mark().standing()) {
            case LedgerStanding.Current _ -> Optional.of(kept.get());
            case LedgerStanding.Restored _ -> Optional.empty();
        };
    }

    private void prepare(ConnectionDefinition connection) {
        try (HikariDataSource open = toPrepare(connection)) {
            KitMigrations.migrate(open);
        }
    }

    /** Apart from the steps' own: what prepares needs several sessions at once, which a pool of one would never give. */
    private HikariDataSource toPrepare(ConnectionDefinition connection) {
        return ConnectionPool.open(connection.pooling(SESSIONS_TO_PREPARE), () -> secrets.password(connection));
    }

    /** Beside whatever follows it: its steps may take a while to end. */
    private void end(String name) {
        Optional.ofNullable(served.remove(name))
                .ifPresent(queue -> Thread.ofVirtual().name("end sql." + name).start(queue::close));
    }

    @Override
    public void close() {
        rounds.close();
        Ending.together(served.values().stream().<Runnable>map(it -> it::close).toList());
    }
}
