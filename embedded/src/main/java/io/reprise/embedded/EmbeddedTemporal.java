package io.reprise.embedded;

import java.util.Optional;

/**
 * A Temporal to work with: the one at {@code REPRISE_TEMPORAL_ADDRESS}, else a one-process server of the CLI that is found,
 * downloaded or built, else one in memory. Whichever it is, it knows the namespace and the search attributes.
 */
public final class EmbeddedTemporal implements AutoCloseable {

    private final TemporalSettings settings;
    private final TemporalServer server;

    private EmbeddedTemporal(TemporalSettings settings, TemporalServer server) {
        this.settings = settings;
        this.server = server;
    }

    public static EmbeddedTemporal start(TemporalSettings settings) {
        EmbeddedTemporal temporal = new EmbeddedTemporal(settings, choose(settings));
        try {
            temporal.server.start();
            return temporal;
        } catch (RuntimeException | Error e) {
            temporal.close();
            throw e;
        }
    }

    private static TemporalServer choose(TemporalSettings settings) {
        Optional<String> address = settings.variable(TemporalSettings.ADDRESS);
        if (address.isPresent()) {
            return new TemporalElsewhere(settings, address.get());
        }
        TemporalCliSearch search = new TemporalCliSearch(settings);
        return search.find()
                .<TemporalServer>map(cli -> new TemporalProcess(settings, cli))
                .orElseGet(() -> new TemporalInMemory(settings));
    }

    /** Host and port of the frontend. */
    public String target() {
        return server.target();
    }

    public String namespace() {
        return settings.namespace();
    }

    public Optional<String> uiUrl() {
        return server.uiUrl();
    }

    /** What runs, in words for a person. */
    public String description() {
        return server.description();
    }

    /** Whether it lacks what only a real server has: listing, reset, schedules, history kept over a restart. */
    public boolean isInMemory() {
        return server instanceof TemporalInMemory;
    }

    /** Stops the server and keeps its data and port, as an outage does. */
    public void stop() {
        server.stop();
    }

    /** Starts a stopped server on the same data and port. */
    public void startAgain() {
        server.start();
    }

    @Override
    public void close() {
        server.close();
    }
}
