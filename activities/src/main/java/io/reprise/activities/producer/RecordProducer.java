package io.reprise.activities.producer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends values to Kafka without waiting for them. Whatever was asked for is told: {@link Delivery.Acknowledged} records are in
 * the topic once, and those of a key that one thread sent are in its order. For any number of threads.
 *
 * <p>What is not acknowledged yet is kept in a buffer. Where that is full the caller waits, for as long as the settings say, and
 * is then told {@link FailureCause#BUFFER_FULL}. An outage that is shorter than the time for delivery is waited for.
 *
 * <p>Futures are completed by the thread that talks to Kafka: whatever hangs on them must not wait, and where it sends while the
 * buffer is full it is told so at once.
 */
public final class RecordProducer<T> implements AutoCloseable {

    /** For {@link #close}, which tells nobody what it leaves. */
    private static final Duration TO_CLOSE = Duration.ofSeconds(10);

    private final ProducerSettings settings;
    private final RecordForm<T> form;
    private final SendBuffer<T> buffer;
    private final ProducerMeters meters;
    private final KafkaSessions sessions;
    private final ThreadLocal<Boolean> isTelling = ThreadLocal.withInitial(() -> false);
    private volatile Optional<Duration> stopsWithin = Optional.empty();

    private RecordProducer(
            ProducerSettings settings,
            RecordForm<T> form,
            Supplier<Producer<byte[], byte[]>> clients,
            MeterRegistry registry) {
        this.settings = settings;
        this.form = form;
        this.buffer = new SendBuffer<>(settings.bufferBytes(), settings.bufferRecords());
        this.meters = new ProducerMeters(registry, settings.name(), buffer);
        this.sessions = new KafkaSessions(settings.name(), clients);
    }

    /** Kafka is not asked before the first record. */
    public static <T> RecordProducer<T> open(ProducerSettings settings, RecordForm<T> form, MeterRegistry registry) {
        return over(() -> new KafkaProducer<>(settings.forRecords()), settings, form, registry);
    }

    static <T> RecordProducer<T> over(
            Supplier<Producer<byte[], byte[]>> clients,
            ProducerSettings settings,
            RecordForm<T> form,
            MeterRegistry registry) {
        return new RecordProducer<>(settings, form, clients, registry);
    }

    /** Sends one value. What becomes of it is told, never thrown. */
    public CompletableFuture<Delivery> send(T value) {
        meters.sent();
        Pending<T> pending;
        try {
            pending = Pending.of(value, form.write(value));
        } catch (Unwritable | RuntimeException never) {
            return told(new Delivery.NotSent(FailureCause.UNWRITABLE, Unwritable.words(never)));
        }
        Optional<Delivery> refused = buffer.admit(pending, isTelling.get() ? Duration.ZERO : settings.patience());
        if (refused.isPresent()) {
            return told(refused.get());
        }
        handOver(pending);
        return pending.delivery();
    }

    /** Waits until all that was sent before is told; answers how many are not, which is none unless the time was over. */
    public int flush(Duration limit) throws InterruptedException {
        return buffer.awaitSettled(limit);
    }

    /** Takes no more, waits for acknowledgements until the deadline, and answers each record that has none. */
    public Stopped<T> stop(Duration deadline) {
        List<Pending<T>> left = buffer.close();
        stopsWithin = Optional.of(deadline);
        try {
            sessions.close(deadline);
        } finally {
            left.forEach(
                    pending -> settle(pending, pending.failed(FailureCause.STOPPED, unacknowledgedWithin(deadline))));
            meters.close();
        }
        List<Stopped.Undelivered<T>> undelivered = new ArrayList<>();
        for (Pending<T> pending : left) {
            Delivery delivery = pending.delivery().join();
            if (!(delivery instanceof Delivery.Acknowledged)) {
                undelivered.add(new Stopped.Undelivered<>(pending.value(), delivery));
            }
        }
        return new Stopped<>(left.size() - undelivered.size(), undelivered);
    }

    /** As {@link #stop} within ten seconds, for whoever listens to the futures. */
    @Override
    public void close() {
        stop(TO_CLOSE);
    }

    private static String unacknowledgedWithin(Duration deadline) {
        return "no acknowledgement within " + deadline + " of the stop";
    }

    private CompletableFuture<Delivery> told(Delivery delivery) {
        meters.settled(delivery);
        return CompletableFuture.completedFuture(delivery);
    }

    private record Failure(FailureCause cause, String words) {}

    /** A client that turns out to be lost is replaced, and the record offered to the next one, unless the lost one had it. */
    private void handOver(Pending<T> pending) {
        Optional<Failure> refused = offer(pending);
        if (refused.filter(it -> it.cause().kind() == FailureCause.Kind.FATAL).isPresent()) {
            refused = offer(pending);
        }
        refused.ifPresent(it -> settle(pending, pending.failed(it.cause(), it.words())));
    }

    /** Answers why no client took it. */
    private Optional<Failure> offer(Pending<T> pending) {
        Optional<KafkaSession> open;
        try {
            open = sessions.open();
        } catch (KafkaException impossible) {
            return Optional.of(new Failure(FailureCause.BROKEN, impossible.toString()));
        }
        if (pending.isSettled()) {
            return Optional.empty();
        }
        if (open.isEmpty()) {
            return Optional.of(new Failure(FailureCause.STOPPED, "the producer was stopped meanwhile"));
        }
        return offer(pending, open.get());
    }

    private Optional<Failure> offer(Pending<T> pending, KafkaSession session) {
        pending.offer(session);
        try {
            var _ = session.client()
                    .send(pending.record(), (metadata, error) -> answered(pending, session, metadata, error));
            pending.taken();
            return Optional.empty();
        } catch (KafkaException | IllegalStateException thrown) {
            Failure refused = failure(session, thrown);
            pending.refused(refused.cause());
            return Optional.of(refused);
        }
    }

    private void answered(
            Pending<T> pending, KafkaSession session, @Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error == null && metadata != null) {
            Instant time = Instant.ofEpochMilli(metadata.timestamp());
            settle(pending, new Delivery.Acknowledged(metadata.topic(), metadata.partition(), metadata.offset(), time));
            return;
        }
        Failure failure = orStopped(failure(session, error == null ? new IllegalStateException("no answer") : error));
        if (pending.isWith(session)) {
            settle(pending, pending.failed(failure.cause(), failure.words()));
        }
    }

    private Failure failure(KafkaSession session, Exception error) {
        FailureCause cause = FailureCause.of(error);
        if (cause.kind() == FailureCause.Kind.FATAL) {
            session.broke();
        }
        return new Failure(cause, error.toString());
    }

    /** A client that is closed before it is done says of what it still holds that it is broken. */
    private Failure orStopped(Failure failure) {
        return stopsWithin
                .filter(_ -> failure.cause() == FailureCause.BROKEN)
                .map(deadline ->
                        new Failure(FailureCause.STOPPED, unacknowledgedWithin(deadline) + ": " + failure.words()))
                .orElse(failure);
    }

    private void settle(Pending<T> pending, Delivery delivery) {
        if (!pending.settle()) {
            return;
        }
        buffer.release(pending);
        meters.settled(delivery);
        boolean wasTelling = isTelling.get();
        isTelling.set(true);
        try {
            pending.delivery().complete(delivery);
        } finally {
            isTelling.set(wasTelling);
            buffer.forget(pending);
        }
    }
}
