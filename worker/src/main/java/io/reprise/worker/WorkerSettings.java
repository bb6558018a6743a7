package io.reprise.worker;

import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.catalog.shared.Secret;
import io.reprise.catalog.shared.Setting;
import io.reprise.catalog.shared.Settings;
import io.reprise.db.run.OrderRule;
import io.reprise.worker.run.TemporalSettings;
import io.reprise.workflows.run.StepMode;
import java.util.List;
import java.util.Optional;

/**
 * What a worker is told.
 *
 * @param ledger its pool serves the trigger, the starter, the sweeper and the settling of runs
 * @param shop its pool serves the steps: half of it regular activities, half of it local ones
 * @param httpHost where {@code /health} and {@code /metrics} are served
 * @param httpPort 0 for a free port
 * @param orders what an order that came through Kafka waits for among those of its id
 * @param mode how the steps of runs that this worker accepts are executed first
 */
public record WorkerSettings(
        ConnectionSettings ledger,
        ConnectionSettings shop,
        String kafkaBootstrap,
        TemporalSettings temporal,
        String httpHost,
        int httpPort,
        OrderRule orders,
        StepMode mode) {

    private static final String LOCAL_DATABASE = "jdbc:postgresql://127.0.0.1:15432/reprise";
    private static final String REPRISE = "reprise";

    private static final Setting<String> DB_URL = Setting.jdbc("db.url", LOCAL_DATABASE);
    private static final Setting<String> DB_USER = Setting.text("db.user", REPRISE);
    private static final Setting<Secret> DB_PASSWORD = Setting.secret("db.password", REPRISE);
    private static final Setting<Integer> DB_POOL = Setting.integer("db.pool", 10, 4, 200);
    private static final Setting<Optional<String>> SHOP_URL = Setting.jdbc("shop-db.url");
    private static final Setting<Optional<String>> SHOP_USER = Setting.text("shop-db.user");
    private static final Setting<Optional<Secret>> SHOP_PASSWORD = Setting.secret("shop-db.password");
    private static final Setting<Integer> SHOP_POOL = Setting.integer("shop-db.pool", 20, 2, 200);
    private static final Setting<String> KAFKA = Setting.addresses("kafka.bootstrap", "127.0.0.1:19092");
    private static final Setting<String> TEMPORAL = Setting.address("temporal.address", "127.0.0.1:7233");
    private static final Setting<String> NAMESPACE = Setting.text("temporal.namespace", "default");
    private static final Setting<Integer> HTTP_PORT = Setting.port("worker.http-port", 8081);
    private static final Setting<OrderRule> RULE = Setting.word("order.rule", OrderRule.class, OrderRule.PER_KEY);
    private static final Setting<StepMode> MODE = Setting.word("order.step-mode", StepMode.class, StepMode.LOCAL);

    /** The settings that a worker reads. */
    public static List<Setting<?>> declared() {
        return List.of(
                DB_URL,
                DB_USER,
                DB_PASSWORD,
                DB_POOL,
                SHOP_URL,
                SHOP_USER,
                SHOP_PASSWORD,
                SHOP_POOL,
                KAFKA,
                TEMPORAL,
                NAMESPACE,
                HTTP_PORT,
                RULE,
                MODE);
    }

    /** The shop is the ledger's database, unless it is said to be another. */
    public static WorkerSettings from(Settings settings) {
        String user = settings.get(DB_USER);
        Secret password = settings.get(DB_PASSWORD);
        return new WorkerSettings(
                new ConnectionSettings(settings.get(DB_URL), user, password.value(), settings.get(DB_POOL)),
                new ConnectionSettings(
                        settings.get(SHOP_URL).orElse(settings.get(DB_URL)),
                        settings.get(SHOP_USER).orElse(user),
                        settings.get(SHOP_PASSWORD).orElse(password).value(),
                        settings.get(SHOP_POOL)),
                settings.get(KAFKA),
                new TemporalSettings(settings.get(TEMPORAL), settings.get(NAMESPACE)),
                "127.0.0.1",
                settings.get(HTTP_PORT),
                settings.get(RULE),
                settings.get(MODE));
    }
}
