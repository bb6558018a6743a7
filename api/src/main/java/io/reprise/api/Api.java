package io.reprise.api;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.reprise.api.access.Door;
import io.reprise.api.access.Token;
import io.reprise.api.run.AcceptanceGuard;
import io.reprise.api.run.RestoreWatch;
import io.reprise.api.shared.BodySize;
import io.reprise.catalog.shared.ServerSettings;
import io.reprise.db.Ledger;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server. It starts whether or not the ledger and Temporal answer; its readiness says which does not. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Reprise",
                        version = "1",
                        description = "Starts, shows and steers runs. Every error is application/problem+json."))
public final class Api implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Api.class);
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(3);
    private static final Duration TEMPORAL_PATIENCE = Duration.ofSeconds(5);

    private final HikariDataSource database;
    private final Optional<RestoreWatch> restores;
    private final WorkflowServiceStubs temporal;
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private Api(
            HikariDataSource database,
            Optional<RestoreWatch> restores,
            WorkflowServiceStubs temporal,
            ApplicationContext context) {
        this.database = database;
        this.restores = restores;
        this.temporal = temporal;
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class);
    }

    public static Api start(ApiSettings settings) {
        Door door = new Door(settings.host(), settings.tokenFile().map(Token::readFrom));
        HikariDataSource database =
                new HikariDataSource(pool("api-ledger", settings.ledger(), settings.ledgerConnections()));
        Ledger ledger = Ledger.over(database, Clock.systemUTC());
        WorkflowServiceStubs temporal = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.temporal().address())
                .setRpcTimeout(TEMPORAL_PATIENCE)
                .build());
        ApplicationContext context = ApplicationContext.builder(properties(settings))
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .build();
        context.registerSingleton(ApiSettings.class, settings);
        context.registerSingleton(Door.class, door);
        context.registerSingleton(Ledger.class, ledger);
        context.registerSingleton(WorkflowClient.class, client(temporal, settings.temporal()));
        Optional<RestoreWatch> restores = restores(settings, ledger);
        AcceptanceGuard guard =
                restores.<AcceptanceGuard>map(it -> it::requireCompared).orElse(() -> {});
        context.registerSingleton(AcceptanceGuard.class, guard);
        Api api = new Api(database, restores, temporal, context.start());
        api.listen(settings);
        log.info("The api listens on {}; ledger {}, Temporal {}", api.uri(), settings.ledger(), settings.temporal());
        return api;
    }

    private void listen(ApiSettings settings) {
        try {
            server.start();
        } catch (ServerStartupException e) {
            close();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + Optional.ofNullable(e.getCause()).orElse(e).getMessage()
                            + " (expected: a free port in REPRISE_HTTP_PORT, or 0 for any)",
                    e);
        }
    }

    public URI uri() {
        return server.getURI();
    }

    /** Answers what it is at, then lets go of everything. */
    @Override
    public void close() {
        context.close();
        temporal.shutdown();
        temporal.awaitTermination(1, TimeUnit.SECONDS);
        temporal.shutdownNow();
        restores.ifPresent(RestoreWatch::close);
        database.close();
    }

    /** A shop in the ledger's own database is restored with it and could tell nothing. */
    private static Optional<RestoreWatch> restores(ApiSettings settings, Ledger ledger) {
        if (settings.shop().url().equals(settings.ledger().url())) {
            return Optional.empty();
        }
        HikariConfig pool = pool("api-shop", settings.shop(), 1);
        pool.addDataSourceProperty("socketTimeout", DATABASE_PATIENCE.toSeconds());
        return Optional.of(RestoreWatch.start(ledger.mark(), new HikariDataSource(pool)));
    }

    private static HikariConfig pool(String name, ServerSettings.Database address, int connections) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password().value());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(DATABASE_PATIENCE.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "reprise-api");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }

    private static WorkflowClient client(WorkflowServiceStubs stubs, ServerSettings.Temporal address) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(address.namespace())
                        .setIdentity("reprise-api")
                        .build());
    }

    private static Map<String, Object> properties(ApiSettings settings) {
        return Map.of(
                "micronaut.application.name",
                "reprise-api",
                "micronaut.server.host",
                settings.host(),
                "micronaut.server.port",
                settings.port() == 0 ? -1 : settings.port(),
                "micronaut.server.max-request-size",
                BodySize.OF_A_CATALOG,
                "jackson.serialization-inclusion",
                "ALWAYS",
                "jackson.serialization.write-dates-as-timestamps",
                false,
                "micronaut.metrics.binders.logback.enabled",
                false);
    }
}
