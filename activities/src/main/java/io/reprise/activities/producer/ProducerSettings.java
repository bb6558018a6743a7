package io.reprise.activities.producer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How a producer works.
 *
 * @param name its own, in metrics, logs and at the broker
 * @param bufferBytes most that waits for its acknowledgement, counted as bytes
 * @param bufferRecords and as records
 * @param patience how long a caller waits for room in the buffer, and as long again for Kafka to name the partitions of a topic that is new to it
 * @param delivery how long a record may take to be acknowledged: an outage that is shorter is only waited for
 * @param linger how long a record waits for others to go with it
 * @param more of Kafka's own settings, such as those of its security
 */
public record ProducerSettings(
        String name,
        String bootstrap,
        long bufferBytes,
        int bufferRecords,
        Duration patience,
        Duration delivery,
        Duration linger,
        Map<String, String> more) {

    /** The promises rest on these; nobody may say otherwise. */
    private static final Set<String> DECIDED = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    private static final int BATCH = 64 * 1024;
    private static final int LONGEST_REQUEST = 30_000;

    /** Kafka's client takes a whole batch for the first record of each partition, so it gets more than the records may have. */
    private static final long BATCHES = 8L * 1024 * 1024;

    public ProducerSettings {
        more = Map.copyOf(more);
        if (bufferBytes < 1 || bufferRecords < 1) {
            throw new IllegalArgumentException("cannot keep " + bufferBytes + " bytes and " + bufferRecords
                    + " records in producer " + name + " (expected: at least one of each)");
        }
        if (!patience.isPositive() || delivery.compareTo(Duration.ofMillis(100)) < 0 || linger.isNegative()) {
            throw new IllegalArgumentException("cannot wait " + patience + " for room, " + delivery
                    + " for an acknowledgement and " + linger + " for company in producer " + name
                    + " (expected: above 0, at least PT0.1S, and not below 0)");
        }
        Set<String> decided = new TreeSet<>(DECIDED);
        decided.retainAll(more.keySet());
        if (!decided.isEmpty()) {
            throw new IllegalArgumentException("cannot set " + decided + " of producer " + name
                    + " (expected: other settings, for its promises rest on these)");
        }
    }

    /** As most want it: 32 MB or 100,000 records, ten seconds for room, two minutes for an acknowledgement. */
    public static ProducerSettings of(String name, String bootstrap) {
        return new ProducerSettings(
                name,
                bootstrap,
                32L * 1024 * 1024,
                100_000,
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                Duration.ofMillis(5),
                Map.of());
    }

    public ProducerSettings withBuffer(long bytes, int records) {
        return new ProducerSettings(name, bootstrap, bytes, records, patience, delivery, linger, more);
    }

    public ProducerSettings withPatience(Duration wanted) {
        return new ProducerSettings(name, bootstrap, bufferBytes, bufferRecords, wanted, delivery, linger, more);
    }

    public ProducerSettings withDelivery(Duration wanted) {
        return new ProducerSettings(name, bootstrap, bufferBytes, bufferRecords, patience, wanted, linger, more);
    }

    public ProducerSettings withLinger(Duration wanted) {
        return new ProducerSettings(name, bootstrap, bufferBytes, bufferRecords, patience, delivery, wanted, more);
    }

    public ProducerSettings with(String key, String value) {
        Map<String, String> all = new HashMap<>(more);
        all.put(key, value);
        return new ProducerSettings(name, bootstrap, bufferBytes, bufferRecords, patience, delivery, linger, all);
    }

    /**
     * Brokers that are all away keep their partitions in mind, so that records wait in the buffer and callers do not. One request
     * is under way at a time: a broker that was killed knows the last batch of a producer only, and takes those before it again.
     */
    Map<String, Object> forRecords() {
        Map<String, Object> all = forKafka();
        all.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
        all.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return all;
    }

    Map<String, Object> forKafka() {
        Map<String, Object> all = new HashMap<>();
        int wholly = Math.toIntExact(delivery.toMillis());
        int company = Math.toIntExact(linger.toMillis());
        all.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.clamp(wholly / 3, 10, LONGEST_REQUEST));
        all.putAll(more);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes + BATCHES);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, wholly);
        all.put(ProducerConfig.LINGER_MS_CONFIG, company);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return all;
    }
}
