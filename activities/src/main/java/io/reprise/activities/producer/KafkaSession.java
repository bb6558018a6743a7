package io.reprise.activities.producer;

import org.apache.kafka.clients.producer.Producer;

/** One client of Kafka, from its beginning to what breaks it. */
final class KafkaSession {

    private final Producer<byte[], byte[]> client;
    private volatile boolean isBroken;

    KafkaSession(Producer<byte[], byte[]> client) {
        this.client = client;
    }

    Producer<byte[], byte[]> client() {
        return client;
    }

    void broke() {
        isBroken = true;
    }

    boolean isBroken() {
        return isBroken;
    }
}
