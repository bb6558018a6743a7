package io.reprise.db.trigger;

import java.time.Instant;

/** Offsets that Kafka deleted before the trigger read them, {@code to} excluded. Not each need have been a record. */
public record Loss(TriggerBatch.Source source, long from, long to, Instant foundAt) {

    public long records() {
        return to - from;
    }
}
