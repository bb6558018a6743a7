package io.reprise.worker.shared;

import org.jspecify.annotations.Nullable;

/** Kafka did not answer, or not in time. It will: whatever was asked is asked again later. */
public final class KafkaAway extends Exception {

    public KafkaAway(String tried, @Nullable Throwable cause) {
        super("cannot " + tried + ": " + (cause == null ? "no answer" : cause.toString()), cause);
    }
}
