package io.reprise.worker;

import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.catalog.order.OrderSettings;
import io.reprise.catalog.shared.ServerSettings;
import io.reprise.catalog.shared.Setting;
import io.reprise.catalog.shared.Settings;
import io.reprise.db.run.IdempotencyKey;
import io.reprise.db.run.OrderRule;
import io.reprise.worker.run.Housekeeping;
import io.reprise.worker.run.TemporalSettings;
import io.reprise.workflows.run.StepMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a worker is told.
 *
 * @param ledger its pool serves the trigger, the starter, the sweeper and the settling of runs
 * @param shop its pool serves the steps: half of it regular activities, half of it local ones
 * @param httpHost where {@code /health} and {@code /metrics} are served
 * @param httpPort 0 for a free port
 * @param orders what an order that came through Kafka waits for among those of its id
 * @param mode how the steps of runs that this worker accepts are executed first
 * @param retention how long the ledger keeps its days and months, and matters that are settled
 * @param catalog the folder in which passwords of connections may stand
 * @param registry where the schemas of Avro records are asked for
 */
public record WorkerSettings(
        ConnectionSettings ledger,
        ConnectionSettings shop,
        String kafkaBootstrap,
        TemporalSettings temporal,
        String httpHost,
        int httpPort,
        OrderRule orders,
        StepMode mode,
        Housekeeping.Retention retention,
        Optional<Path> catalog,
        Optional<URI> registry) {

    private static final Setting<Integer> DB_POOL = Setting.integer("db.pool", 10, 4, 200);
    private static final Setting<Integer> SHOP_POOL = Setting.integer("shop-db.pool", 20, 2, 200);
    private static final Setting<Integer> HTTP_PORT = Setting.port("worker.http-port", 8081);
    private static final Setting<OrderRule> RULE = Setting.word("order.rule", OrderRule.class, OrderRule.PER_KEY);
    private static final Setting<Duration> RETENTION = Setting.duration("run.retention", Duration.ofDays(90));
    private static final Setting<Duration> SETTLED_RETENTION =
            Setting.duration("settled.retention", Duration.ofDays(180));

    private static final Setting<Optional<Path>> CATALOG = Setting.path("catalog");
    private static final Setting<Optional<String>> REGISTRY = Setting.text("registry.url");

    private static final Duration SHORTEST_RETENTION = IdempotencyKey.KEPT.plusDays(1);

    /** A run must be known for longer than its Idempotency-Key. */
    public WorkerSettings {
        if (retention.runs().compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("cannot use " + retention.runs() + " as run.retention (expected: "
                    + SHORTEST_RETENTION.toDays() + "d or more)");
        }
        if (retention.settled().compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("cannot use " + retention.settled() + " as settled.retention (expected: "
                    + SHORTEST_RETENTION.toDays() + "d or more)");
        }
    }

    /** The settings that a worker reads. */
    public static List<Setting<?>> declared() {
        return Stream.concat(
                        ServerSettings.declared().stream(),
                        Stream.of(
                                DB_POOL,
                                SHOP_POOL,
                                HTTP_PORT,
                                RULE,
                                OrderSettings.STEP_MODE,
                                RETENTION,
                                SETTLED_RETENTION,
                                CATALOG,
                                REGISTRY))
                .toList();
    }

    public static WorkerSettings from(Settings settings) {
        ServerSettings servers = ServerSettings.from(settings);
        return new WorkerSettings(
                pool(servers.ledger(), settings.get(DB_POOL)),
                pool(servers.shop(), settings.get(SHOP_POOL)),
                servers.kafka(),
                new TemporalSettings(
                        servers.temporal().address(), servers.temporal().namespace()),
                "127.0.0.1",
                settings.get(HTTP_PORT),
                settings.get(RULE),
                settings.get(OrderSettings.STEP_MODE),
                new Housekeeping.Retention(settings.get(RETENTION), settings.get(SETTLED_RETENTION)),
                settings.get(CATALOG),
                settings.get(REGISTRY).map(URI::create));
    }

    private static ConnectionSettings pool(ServerSettings.Database database, int connections) {
        return new ConnectionSettings(
                database.url(), database.user(), database.password().value(), connections);
    }
}
