package io.reprise.activities.producer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A record that was asked for and of which nobody knows yet what becomes of it. */
final class Pending<T> {

    private final T value;
    private final ProducerRecord<byte[], byte[]> record;
    private final long size;
    private final long since = System.nanoTime();
    private final AtomicBoolean isSettled = new AtomicBoolean();
    private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

    /** Whether a client may have it: from then on it may be in the topic, whatever comes. */
    private volatile boolean isOffered;

    /** Whether a client may have it that was lost, besides the one that it was offered to last. */
    private volatile boolean isElsewhere;

    private volatile @Nullable KafkaSession offeredTo;

    /** Who offers it right now: what the client says to that thread before it has returned, it says of a record that it never took. */
    private volatile @Nullable Thread offering;

    private Pending(T value, ProducerRecord<byte[], byte[]> record, long size) {
        this.value = value;
        this.record = record;
        this.size = size;
    }

    static <T> Pending<T> of(T value, Outgoing record) throws Unwritable {
        return new Pending<>(value, record.forKafka(), record.size());
    }

    T value() {
        return value;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    /** What it takes of the buffer, in bytes. */
    long size() {
        return size;
    }

    long since() {
        return since;
    }

    CompletableFuture<Delivery> delivery() {
        return delivery;
    }

    void offer(KafkaSession session) {
        offering = Thread.currentThread();
        isElsewhere = isOffered;
        isOffered = true;
        offeredTo = session;
    }

    void taken() {
        offering = null;
    }

    /** A client that turns out to be lost says so after it took the record, too. */
    void refused(FailureCause cause) {
        offering = null;
        isOffered = isElsewhere || cause.kind() == FailureCause.Kind.FATAL;
    }

    /** A client that was lost fails what it held, and knows nothing of what another one did since. */
    boolean isWith(KafkaSession session) {
        return session.equals(offeredTo);
    }

    boolean isSettled() {
        return isSettled.get();
    }

    /** Answers whether this is the first that anybody says of it. */
    boolean settle() {
        return isSettled.compareAndSet(false, true);
    }

    Delivery failed(FailureCause cause, String words) {
        boolean isSurelyOut = !isOffered || cause.excludesEarlierTries() || isRefusedAtOnce(cause);
        return isSurelyOut ? new Delivery.NotSent(cause, words) : new Delivery.Doubtful(cause, words);
    }

    private boolean isRefusedAtOnce(FailureCause cause) {
        return Thread.currentThread().equals(offering) && !isElsewhere && cause != FailureCause.FENCED;
    }
}
