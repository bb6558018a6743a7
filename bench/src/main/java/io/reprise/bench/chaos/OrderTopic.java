package io.reprise.bench.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic on which orders come in. A record is sent until the broker has acknowledged it, once. */
final class OrderTopic implements AutoCloseable {

    private static final String TOPIC = "shop.orders.placed";

    private final KafkaProducer<String, byte[]> producer;

    OrderTopic(String bootstrap) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        0,
                        "delivery.timeout.ms",
                        180_000,
                        "max.block.ms",
                        180_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void place(String key, String json) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(TOPIC, key, json.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
