package io.reprise.worker.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the batches of one shard, each in one transaction of Kafka. The transactional id belongs to the shard, so that the
 * broker refuses whoever held the shard before.
 */
final class ShardProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShardProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Supplier<Producer<String, String>> producers;
    private final Duration missing;
    private final Map<String, Long> missingUntil = new HashMap<>();
    private @Nullable Producer<String, String> producer;

    ShardProducer(String bootstrap, OutboxSettings settings, int shard) {
        this(
                () -> new KafkaProducer<>(configuration(bootstrap, settings, shard)),
                settings.delivery().multipliedBy(2));
    }

    /** @param missing how long a topic that was not there is not asked for again */
    ShardProducer(Supplier<Producer<String, String>> producers, Duration missing) {
        this.producers = producers;
        this.missing = missing;
    }

    static Map<String, Object> configuration(String bootstrap, OutboxSettings settings, int shard) {
        Map<String, Object> configuration = new HashMap<>();
        String id = "reprise-outbox-" + settings.database() + "-" + shard;
        int delivery = Math.toIntExact(settings.delivery().toMillis());
        configuration.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        configuration.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        configuration.put(ProducerConfig.CLIENT_ID_CONFIG, id);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, delivery / 3);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, delivery / 3);
        configuration.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, delivery * 2);
        configuration.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        configuration.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        configuration.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        return configuration;
    }

    /** Sends in the order given and waits for the broker to acknowledge and commit them all. */
    Sent send(List<OutboxRow> rows) {
        List<OutboxRow> hopeless = firstOfEachKey(rows, this::isMissing);
        if (!hopeless.isEmpty()) {
            return new Sent.Refused(hopeless, "missing a moment ago: " + topics(hopeless));
        }
        AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
        try {
            Producer<String, String> open = open();
            open.beginTransaction();
            for (OutboxRow row : rows) {
                if (failure.get() != null) {
                    break;
                }
                Future<RecordMetadata> _ = open.send(
                        new ProducerRecord<>(row.topic(), row.key(), row.payload()), (acknowledged, error) -> {
                            if (error != null) {
                                failure.compareAndSet(null, new Failure(row, error));
                            }
                        });
            }
            open.commitTransaction();
            return new Sent.All();
        } catch (KafkaException | IllegalStateException e) {
            return afterFailure(rows, failure.get(), e);
        }
    }

    @Override
    public void close() {
        drop(CLOSE);
    }

    private record Failure(OutboxRow row, Exception error) {}

    private Producer<String, String> open() {
        Producer<String, String> open = producer;
        if (open == null) {
            open = producers.get();
            producer = open;
            open.initTransactions();
        }
        return open;
    }

    private Sent afterFailure(List<OutboxRow> rows, @Nullable Failure failure, RuntimeException error) {
        if (isFenced(error) || (failure != null && isFenced(failure.error()))) {
            drop(Duration.ZERO);
            return new Sent.Fenced();
        }
        if (failure != null && isTheRecordsFault(failure.error())) {
            abort();
            return new Sent.Refused(List.of(failure.row()), failure.error().toString());
        }
        if (failure != null && causedBy(failure.error(), UnknownTopicOrPartitionException.class)) {
            abort();
            missingUntil.put(failure.row().topic(), System.nanoTime() + missing.toNanos());
            return new Sent.Refused(
                    firstOfEachKey(rows, this::isMissing), failure.error().toString());
        }
        // A new producer of the same id finishes or aborts what this one left open, whichever the broker had decided.
        drop(Duration.ZERO);
        return new Sent.Unreachable((failure == null ? error : failure.error()).toString());
    }

    /** To ask for a missing topic takes long, and the other topics of the shard wait meanwhile. */
    private boolean isMissing(OutboxRow row) {
        Long until = missingUntil.get(row.topic());
        return until != null && System.nanoTime() - until < 0;
    }

    private static Set<String> topics(List<OutboxRow> rows) {
        return rows.stream().map(OutboxRow::topic).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<OutboxRow> firstOfEachKey(List<OutboxRow> rows, Predicate<OutboxRow> wanted) {
        Map<String, OutboxRow> first = new LinkedHashMap<>();
        rows.stream().filter(wanted).forEach(row -> first.putIfAbsent(row.key(), row));
        return List.copyOf(first.values());
    }

    private void abort() {
        Producer<String, String> open = producer;
        if (open == null) {
            return;
        }
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("Could not abort a transaction; a new producer of the same id will", e);
            drop(Duration.ZERO);
        }
    }

    private void drop(Duration wait) {
        Producer<String, String> open = producer;
        producer = null;
        if (open != null) {
            open.close(wait);
        }
    }

    private static boolean isFenced(Exception error) {
        return causedBy(error, ProducerFencedException.class) || causedBy(error, InvalidProducerEpochException.class);
    }

    private static boolean isTheRecordsFault(Exception error) {
        return causedBy(error, RecordTooLargeException.class)
                || causedBy(error, InvalidTopicException.class)
                || causedBy(error, InvalidRecordException.class)
                || causedBy(error, PolicyViolationException.class)
                || causedBy(error, SerializationException.class)
                || causedBy(error, TopicAuthorizationException.class);
    }

    private static boolean causedBy(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
