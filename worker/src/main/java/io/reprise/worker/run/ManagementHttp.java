package io.reprise.worker.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.reprise.worker.shared.JsonQuote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** What tools ask a worker over HTTP: {@code /health} and {@code /metrics}. Loopback, unless it is told otherwise. */
public final class ManagementHttp implements AutoCloseable {

    private final HttpServer server;

    private ManagementHttp(HttpServer server) {
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param port 0 for a free one
     */
    public static ManagementHttp listen(
            String host, int port, PrometheusMeterRegistry registry, List<Dependency> dependencies) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/health", exchange -> health(exchange, dependencies));
            server.createContext(
                    "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
            server.start();
            return new ManagementHttp(server);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot listen on " + host + ":" + port + ": " + e.getMessage()
                            + " (expected: a free port in REPRISE_WORKER_HTTP_PORT, or 0 for any)",
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void health(HttpExchange exchange, List<Dependency> dependencies) throws IOException {
        boolean up = dependencies.stream().allMatch(Dependency::isUp);
        String parts = dependencies.stream()
                .map(it -> JsonQuote.quoted(it.name()) + ":" + JsonQuote.quoted(it.state()))
                .collect(Collectors.joining(","));
        String body = "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"," + parts + "}";
        answer(exchange, up ? 200 : 503, "application/json", body);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
