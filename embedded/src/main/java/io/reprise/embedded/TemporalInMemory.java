package io.reprise.embedded;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Temporal's test server on the real clock. It forgets everything when it stops. */
final class TemporalInMemory implements TemporalServer {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final TemporalSettings settings;
    private final int port;
    private @Nullable TestServicesStarter services;
    private @Nullable Server server;

    TemporalInMemory(TemporalSettings settings) {
        this.settings = settings;
        this.port = Ports.freeOr(settings.placement().port());
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        Ports.requireFree(port, "Temporal");
        TestServicesStarter starting = new TestServicesStarter(true, 0);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(Ports.loopback(port));
        GRPCServerHelper.registerServicesAndHealthChecks(starting.getServices(), builder);
        services = starting;
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new PortTaken("Temporal", port);
        }
        try (TemporalFrontend frontend = new TemporalFrontend(target(), settings.namespace())) {
            frontend.prepare(settings.searchAttributes(), WAIT);
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.shutdownNow();
            server = null;
        }
        if (services != null) {
            services.close();
            services = null;
        }
    }

    @Override
    public String target() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Optional<String> uiUrl() {
        return Optional.empty();
    }

    @Override
    public String description() {
        return "Temporal in memory: no listing, no UI, and runs are lost at the end";
    }

    @Override
    public void close() {
        stop();
    }
}
