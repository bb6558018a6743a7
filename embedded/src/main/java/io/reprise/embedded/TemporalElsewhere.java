package io.reprise.embedded;

import java.time.Duration;
import java.util.Optional;

/** A server that somebody else started: only its namespace and search attributes are seen to. */
final class TemporalElsewhere implements TemporalServer {

    private static final Duration WAIT = Duration.ofSeconds(60);

    private final TemporalSettings settings;
    private final String address;

    TemporalElsewhere(TemporalSettings settings, String address) {
        this.settings = settings;
        this.address = address;
    }

    @Override
    public void start() {
        try (TemporalFrontend frontend = new TemporalFrontend(address, settings.namespace())) {
            frontend.prepare(settings.searchAttributes(), WAIT);
        }
    }

    @Override
    public void stop() {
        throw new IllegalStateException("cannot stop the Temporal at " + address + ": it was not started here");
    }

    @Override
    public String target() {
        return address;
    }

    @Override
    public Optional<String> uiUrl() {
        return Optional.empty();
    }

    @Override
    public String description() {
        return "Temporal at " + TemporalSettings.ADDRESS;
    }

    @Override
    public void close() {
        // Somebody else's
    }
}
