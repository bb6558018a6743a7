package io.reprise.activities.producer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The records that are not acknowledged yet, bounded by bytes and by number: whoever has one more waits, and then is told. */
final class SendBuffer<T> {

    private final long mostBytes;
    private final int mostRecords;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomier = lock.newCondition();
    private final Condition emptier = lock.newCondition();
    private final SequencedMap<Pending<T>, Long> pending = new LinkedHashMap<>();
    private long admitted;
    private long bytes;
    private int records;
    private boolean isClosed;

    SendBuffer(long mostBytes, int mostRecords) {
        this.mostBytes = mostBytes;
        this.mostRecords = mostRecords;
    }

    /** Takes the record, or answers why not. */
    Optional<Delivery> admit(Pending<T> one, Duration patience) {
        long size = one.size();
        if (size > mostBytes) {
            return refused(
                    FailureCause.TOO_LARGE,
                    "found a record of " + size + " bytes (expected: at most the " + mostBytes + " of the buffer)");
        }
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!isClosed && (records >= mostRecords || bytes + size > mostBytes)) {
                if (left <= 0) {
                    return refused(
                            FailureCause.BUFFER_FULL,
                            "waited " + patience + " for room and found " + records + " records of " + bytes
                                    + " bytes unacknowledged (expected: at most " + mostRecords + " and " + mostBytes
                                    + ")");
                }
                left = roomier.awaitNanos(left);
            }
            if (isClosed) {
                return refused(FailureCause.STOPPED, "the producer is stopped (expected: to send before that)");
            }
            bytes += size;
            records++;
            pending.put(one, ++admitted);
            return Optional.empty();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return refused(FailureCause.STOPPED, "interrupted while it waited for room");
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Delivery> refused(FailureCause cause, String words) {
        return Optional.of(new Delivery.NotSent(cause, words));
    }

    /** There is room for others; {@link #forget} follows. */
    void release(Pending<T> one) {
        lock.lock();
        try {
            bytes -= one.size();
            records--;
            roomier.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everybody who wanted to know what became of it was told. */
    void forget(Pending<T> one) {
        lock.lock();
        try {
            pending.remove(one);
            emptier.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that is here now is settled; answers how many of them are not. */
    int awaitSettled(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long last = admitted;
            long left = limit.toNanos();
            while (left > 0 && !pending.isEmpty() && pending.firstEntry().getValue() <= last) {
                left = emptier.awaitNanos(left);
            }
            return (int)
                    pending.values().stream().filter(number -> number <= last).count();
        } finally {
            lock.unlock();
        }
    }

    /** Admits no more, tells those who wait, and answers what is left, oldest first. */
    List<Pending<T>> close() {
        lock.lock();
        try {
            isClosed = true;
            roomier.signalAll();
            return List.copyOf(pending.keySet());
        } finally {
            lock.unlock();
        }
    }

    int records() {
        lock.lock();
        try {
            return records;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** For how long the oldest has waited. */
    Duration oldest() {
        lock.lock();
        try {
            return pending.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofNanos(
                            System.nanoTime() - pending.firstEntry().getKey().since());
        } finally {
            lock.unlock();
        }
    }
}
