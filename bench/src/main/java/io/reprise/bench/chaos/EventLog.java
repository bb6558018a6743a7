package io.reprise.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reprise.bench.chaos.Found.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * All events of all orders, each once: what a careful reader makes of the log.
 *
 * @param byOrder in the order of the log
 * @param repeated how many records carried an event id that had been there
 */
record EventLog(Map<String, List<Event>> byOrder, long repeated) {

    private static final String TOPIC = "shop.orders.events";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final ObjectMapper JSON = new ObjectMapper();

    static EventLog read(String bootstrap) {
        Map<String, List<Event>> byOrder = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        long records = 0;
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!isAt(consumer, ends)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    records++;
                    JsonNode event = parse(record);
                    if (seen.add(event.required("eventId").asText())) {
                        byOrder.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                .add(new Event(
                                        event.required("type").asText(),
                                        event.required("version").asLong()));
                    }
                }
            }
        }
        return new EventLog(byOrder, records - seen.size());
    }

    private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Collection<Map.Entry<TopicPartition, Long>> all = ends.entrySet();
        return all.stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static JsonNode parse(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode event = JSON.readTree(record.value());
            if (!event.required("orderId").asText().equals(record.key())) {
                throw new IllegalStateException("the event at offset " + record.offset() + " of " + record.topic() + "-"
                        + record.partition() + " has key " + record.key() + " and is about " + event.get("orderId"));
            }
            return event;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the event at offset " + record.offset() + " of " + record.topic() + " is not JSON", e);
        }
    }
}
