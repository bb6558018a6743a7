package io.reprise.activities.producer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a client when the first record comes, and another one after an error that the one before does not survive. */
final class KafkaSessions {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSessions.class);

    private final String name;
    private final Supplier<Producer<byte[], byte[]>> clients;
    private @Nullable KafkaSession current;
    private boolean isClosed;

    KafkaSessions(String name, Supplier<Producer<byte[], byte[]>> clients) {
        this.name = name;
        this.clients = clients;
    }

    /** Nothing after the end. */
    Optional<KafkaSession> open() {
        KafkaSession broken;
        KafkaSession opened;
        synchronized (this) {
            KafkaSession now = current;
            if (now != null && !now.isBroken()) {
                return Optional.of(now);
            }
            if (isClosed) {
                return Optional.empty();
            }
            broken = now;
            opened = new KafkaSession(clients.get());
            current = opened;
        }
        // Not under the lock: what the broken one still held is told now, by its own thread, and whoever is told may
        // send.
        if (broken != null) {
            LOG.warn("Producer {} goes on with a new client, for the one before broke", name);
            broken.client().close(Duration.ZERO);
        }
        return Optional.of(opened);
    }

    /** Ends; what was not acknowledged by then is told as such. */
    void close(Duration deadline) {
        KafkaSession last;
        synchronized (this) {
            isClosed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.client().close(deadline);
        }
    }
}
