package io.reprise.activities.stream;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps dead letters, each once however often it is told of it. When it answers, they are there for good. */
@FunctionalInterface
public interface DeadLetterDoor {

    /**
     * A record that cannot be loaded.
     *
     * @param code a stable word for what ails it
     * @param fingerprint the same for records that fail alike
     */
    record Letter(ConsumerRecord<byte[], byte[]> record, String code, String message, String fingerprint) {}

    void keep(List<Letter> letters);
}
