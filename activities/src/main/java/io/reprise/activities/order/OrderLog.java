package io.reprise.activities.order;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the whole topic of the orders' events, as far as it went when the reading began. */
final class OrderLog {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;

    OrderLog(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void read(Consumer<ConsumerRecord<String, String>> eventOf) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(OrderEvent.TOPIC).stream()
                    .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            readTo(new HashMap<>(consumer.endOffsets(partitions)), consumer, eventOf);
        }
    }

    private static void readTo(
            Map<TopicPartition, Long> ends,
            KafkaConsumer<String, String> consumer,
            Consumer<ConsumerRecord<String, String>> eventOf) {
        long heardNanos = System.nanoTime();
        while (!reached(ends, consumer)) {
            var records = consumer.poll(POLL);
            records.forEach(eventOf);
            if (!records.isEmpty()) {
                heardNanos = System.nanoTime();
            }
            if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
                throw new IllegalStateException("cannot read " + OrderEvent.TOPIC + " to its ends " + ends
                        + ": nothing came for " + SILENCE + " (expected: every record up to there)");
            }
        }
    }

    private static boolean reached(Map<TopicPartition, Long> ends, KafkaConsumer<String, String> consumer) {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return settings;
    }
}
