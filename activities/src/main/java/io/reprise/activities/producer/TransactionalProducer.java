package io.reprise.activities.producer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches, each in one transaction of Kafka, and waits for them. Of two producers with one transactional id the broker
 * refuses the older one. For one thread.
 */
public final class TransactionalProducer<R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final RecordForm<R> form;
    private final Supplier<Producer<byte[], byte[]>> clients;
    private final Duration missing;
    private final Map<String, Long> missingUntil = new HashMap<>();
    private @Nullable Producer<byte[], byte[]> client;

    /** @param missing how long a topic that was not there is not asked for again */
    TransactionalProducer(RecordForm<R> form, Supplier<Producer<byte[], byte[]>> clients, Duration missing) {
        this.form = form;
        this.clients = clients;
        this.missing = missing;
    }

    /**
     * Kafka is not asked before the first batch.
     *
     * @param settings whose name is the transactional id
     */
    public static <R> TransactionalProducer<R> open(ProducerSettings settings, RecordForm<R> form) {
        Map<String, Object> configuration = new HashMap<>(settings.forKafka());
        configuration.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.name());
        configuration.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(settings.delivery().toMillis() * 2));
        return new TransactionalProducer<>(
                form,
                () -> new KafkaProducer<>(configuration),
                settings.delivery().multipliedBy(2));
    }

    /** Sends in the order given and waits for the broker to acknowledge and commit them all. */
    public Committed<R> send(List<R> records) {
        List<Written<R>> batch = new ArrayList<>();
        for (R record : records) {
            try {
                batch.add(Written.of(record, form.write(record)));
            } catch (Unwritable | RuntimeException never) {
                return new Committed.Refused<>(List.of(record), Unwritable.words(never));
            }
        }
        List<Written<R>> hopeless = missing(batch);
        return hopeless.isEmpty() ? transact(batch) : refused(hopeless, "missing a moment ago: " + topics(hopeless));
    }

    @Override
    public void close() {
        drop(CLOSE);
    }

    private record Written<R>(R record, ProducerRecord<byte[], byte[]> outgoing) {
        static <R> Written<R> of(R record, Outgoing outgoing) throws Unwritable {
            return new Written<>(record, outgoing.forKafka());
        }
    }

    private record Failure<R>(Written<R> written, Exception error) {}

    private Committed<R> transact(List<Written<R>> batch) {
        AtomicReference<@Nullable Failure<R>> failure = new AtomicReference<>();
        try {
            Producer<byte[], byte[]> open = open();
            open.beginTransaction();
            for (Written<R> written : batch) {
                if (failure.get() != null) {
                    break;
                }
                var _ = open.send(written.outgoing(), (acknowledged, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, new Failure<>(written, error));
                    }
                });
            }
            open.commitTransaction();
            return new Committed.All<>();
        } catch (KafkaException | IllegalStateException e) {
            return afterFailure(batch, Optional.ofNullable(failure.get()), e);
        }
    }

    private Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = client;
        if (open == null) {
            open = clients.get();
            client = open;
            open.initTransactions();
        }
        return open;
    }

    private Committed<R> afterFailure(List<Written<R>> batch, Optional<Failure<R>> failure, RuntimeException error) {
        Exception first = failure.<Exception>map(Failure::error).orElse(error);
        if (FailureCause.of(error) == FailureCause.FENCED || FailureCause.of(first) == FailureCause.FENCED) {
            drop(Duration.ZERO);
            return new Committed.Fenced<>();
        }
        FailureCause cause = FailureCause.of(first);
        if (failure.isPresent() && cause.kind() == FailureCause.Kind.RECORD) {
            abort();
            return blame(batch, failure.get().written(), cause, first.toString());
        }
        // A new client of the same id finishes or aborts what this one left open, whichever the broker had decided.
        drop(Duration.ZERO);
        return new Committed.Unreachable<>(first.toString());
    }

    private Committed<R> blame(List<Written<R>> batch, Written<R> guilty, FailureCause cause, String words) {
        if (cause != FailureCause.NO_TOPIC) {
            return refused(List.of(guilty), words);
        }
        missingUntil.put(guilty.outgoing().topic(), System.nanoTime() + missing.toNanos());
        return refused(missing(batch), words);
    }

    private static <R> Committed<R> refused(List<Written<R>> records, String words) {
        return new Committed.Refused<>(records.stream().map(Written::record).toList(), words);
    }

    /** To ask for a missing topic takes long, and the other topics wait meanwhile. The first of each key holds back the rest. */
    private List<Written<R>> missing(List<Written<R>> batch) {
        Map<Optional<ByteBuffer>, Written<R>> first = new LinkedHashMap<>();
        batch.stream()
                .filter(written -> isMissing(written.outgoing().topic()))
                .forEach(written -> first.putIfAbsent(
                        Optional.ofNullable(written.outgoing().key()).map(ByteBuffer::wrap), written));
        return List.copyOf(first.values());
    }

    private boolean isMissing(String topic) {
        Long until = missingUntil.get(topic);
        return until != null && System.nanoTime() - until < 0;
    }

    private static <R> Set<String> topics(List<Written<R>> records) {
        return records.stream()
                .map(written -> written.outgoing().topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void abort() {
        Producer<byte[], byte[]> open = client;
        if (open == null) {
            return;
        }
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.debug("Could not abort a transaction; a new client of the same id will", e);
            drop(Duration.ZERO);
        }
    }

    private void drop(Duration wait) {
        Producer<byte[], byte[]> open = client;
        client = null;
        if (open != null) {
            open.close(wait);
        }
    }
}
