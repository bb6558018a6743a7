package io.reprise.embedded;

import java.util.Optional;

sealed interface TemporalServer extends AutoCloseable permits TemporalElsewhere, TemporalProcess, TemporalInMemory {

    /** Starts the server unless it runs, and returns when the namespace answers. */
    void start();

    void stop();

    String target();

    Optional<String> uiUrl();

    String description();

    @Override
    void close();
}
