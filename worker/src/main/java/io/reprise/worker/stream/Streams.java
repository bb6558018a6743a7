package io.reprise.worker.stream;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.db.pipeline.Definition;
import io.reprise.worker.pipeline.ConnectionSecrets;
import io.reprise.worker.run.Registration;
import io.reprise.worker.shared.Complaints;
import io.reprise.worker.shared.Ending;
import io.reprise.worker.shared.Rounds;
import io.reprise.workflows.stream.StreamBalancing;
import io.reprise.workflows.stream.StreamPlanning;
import io.reprise.workflows.stream.StreamStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads every stream of the catalog that is applied: those that appear, change or go are followed while the worker runs. */
public final class Streams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** One loads, one asks, one replays. */
    private static final int SESSIONS = 3;

    private final StreamSurroundings around;
    private final ConnectionSecrets secrets;
    private final Map<String, ServedStream> served = new TreeMap<>();
    private final Complaints complaints = new Complaints();
    private final Rounds rounds;
    private long seen = -1;

    private Streams(StreamSurroundings around, ConnectionSecrets secrets) {
        this.around = around;
        this.secrets = secrets;
        this.rounds = Rounds.start("streams", GRACE, this::round);
    }

    /** Follows the catalog from now on. */
    public static Streams follow(StreamSurroundings around, ConnectionSecrets secrets) {
        return new Streams(around, secrets);
    }

    /** What has the tables of streams looked at; the looking itself is served where a connection is. */
    public static Registration asking() {
        return new Registration(
                StreamStart.TASK_QUEUE, List.of(StreamPlanning.class, StreamBalancing.class), List.of());
    }

    private Duration round() {
        long revision = around.ledger().definitions().revision();
        if (revision != seen && follow()) {
            seen = revision;
        }
        return BETWEEN_LOOKS;
    }

    /** Answers whether every one of them is loaded as it stands now. */
    private boolean follow() {
        Map<String, Definition> connections = current("connection");
        Map<String, Definition> contracts = current("contract");
        Map<String, Definition> streams = current("stream");
        List.copyOf(served.keySet()).stream()
                .filter(name -> !streams.containsKey(name))
                .forEach(this::end);
        boolean all = true;
        for (Definition definition : streams.values()) {
            all &= serve(definition, connections, contracts);
        }
        return all;
    }

    private Map<String, Definition> current(String kind) {
        return around.ledger().definitions().current(kind).stream()
                .collect(Collectors.toMap(Definition::name, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    private boolean serve(
            Definition definition, Map<String, Definition> connections, Map<String, Definition> contracts) {
        String name = definition.name();
        try {
            StreamDefinition stream = StreamDefinition.fromJson(definition.text());
            Definition connection = needed(connections, stream.connection().value(), "connection");
            Optional<Definition> contract =
                    stream.contract().map(subject -> needed(contracts, subject.value(), "contract"));
            String hashes = Stream.of(Optional.of(definition), Optional.of(connection), contract)
                    .flatMap(Optional::stream)
                    .map(Definition::hash)
                    .collect(Collectors.joining(" "));
            ServedStream before = served.get(name);
            if (before == null || !before.hashes().equals(hashes)) {
                end(name);
                served.put(name, open(stream, hashes, connection, contract));
                LOG.info("Stream {} is loaded into {}", name, stream.raw());
            }
            complaints.settled(name);
            return true;
        } catch (RuntimeException unservable) {
            if (complaints.isNews(name, unservable)) {
                LOG.warn("Stream {} is not loaded as it stands now, and is tried again", name, unservable);
            }
            return false;
        }
    }

    private static Definition needed(Map<String, Definition> known, String name, String kind) {
        Definition found = known.get(name);
        if (found == null) {
            throw new IllegalStateException(
                    "cannot find " + kind + " " + name + " (expected: it in the catalog that is applied)");
        }
        return found;
    }

    private ServedStream open(
            StreamDefinition stream, String hashes, Definition connection, Optional<Definition> contract) {
        ConnectionDefinition database = secrets.placed(ConnectionDefinition.fromJson(connection.text()));
        HikariDataSource pool = ConnectionPool.open(database.pooling(SESSIONS), () -> secrets.password(database));
        try {
            KitMigrations.migrate(pool);
            StreamSettings settings =
                    StreamParts.settings(stream, contract.map(Definition::text).map(ContractDefinition::fromJson));
            return new ServedStream(
                    hashes,
                    pool,
                    StreamLoop.start(settings, around, pool::getConnection),
                    new StreamReplays(settings, around, pool::getConnection));
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    private void end(String name) {
        Optional.ofNullable(served.remove(name)).ifPresent(ServedStream::close);
    }

    @Override
    public void close() {
        rounds.close();
        Ending.together(served.values().stream().<Runnable>map(it -> it::close).toList());
    }
}
