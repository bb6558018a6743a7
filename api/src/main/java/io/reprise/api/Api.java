package io.reprise.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.reprise.api.access.Door;
import io.reprise.api.access.Token;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.net.URI;
import java.util.Map;

/** The HTTP server. It starts whether or not the ledger and Temporal answer; its readiness says which does not. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Reprise",
                        version = "1",
                        description = "Starts, shows and steers runs. Every error is application/problem+json."))
public final class Api implements AutoCloseable {

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private Api(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class);
    }

    public static Api start(ApiSettings settings) {
        ApplicationContext context = ApplicationContext.builder(properties(settings))
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .build();
        context.registerSingleton(Door.class, new Door(settings.tokenFile().map(Token::readFrom)));
        Api api = new Api(context.start());
        api.server.start();
        return api;
    }

    public URI uri() {
        return server.getURI();
    }

    @Override
    public void close() {
        context.close();
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
                "1MB",
                "micronaut.metrics.binders.logback.enabled",
                false);
    }
}
