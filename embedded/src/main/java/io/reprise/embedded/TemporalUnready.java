package io.reprise.embedded;

/** A server did not become fit for use in time. */
public final class TemporalUnready extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TemporalUnready(String message, Throwable cause) {
        super(message, cause);
    }

    TemporalUnready(String message) {
        super(message);
    }
}
