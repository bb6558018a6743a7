package io.reprise.worker.stream;

import io.reprise.activities.stream.Batch;
import io.reprise.activities.stream.Filled;
import io.reprise.activities.stream.Reach;
import io.reprise.activities.stream.RecordRows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A stream that is being read: the batch that is being filled, and how far each partition is in it. */
final class OpenStream implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final StreamSettings settings;
    private final StreamReading reading;
    private final RecordRows rows;
    private final StreamPlacing placing;
    private final Loading loading;
    private final Throttle throttle;
    private final Map<Integer, Reach> reached = new HashMap<>();
    private final HeldPartitions held = new HeldPartitions();
    private Batch filling = new Batch();
    private @Nullable Batch spare = new Batch();
    private long filledSince = System.nanoTime();
    private Set<Integer> unplaceable = Set.of();
    private long placeAgainAt;

    OpenStream(
            StreamSettings settings, StreamReading reading, RecordRows rows, StreamPlacing placing, Loading loading) {
        this.settings = settings;
        this.reading = reading;
        this.rows = rows;
        this.placing = placing;
        this.loading = loading;
        this.throttle = new Throttle(settings.recordsPerSecond());
    }

    StreamReading reading() {
        return reading;
    }

    StreamPlacing placing() {
        return placing;
    }

    Loading loading() {
        return loading;
    }

    Map<Integer, Reach> reached() {
        return reached;
    }

    /** Whether nothing more may be read before something is loaded. */
    boolean isFull() {
        return filling.records() >= settings.batch().records()
                || filling.bytes() >= settings.batch().bytes();
    }

    ConsumerRecords<byte[], byte[]> poll(boolean mayRead) {
        boolean reads = mayRead && !isFull() && throttle.mayRead() && !isToBePlaced();
        held.keepOnly(reading.placed());
        reading.hold(reads, held.resting());
        return reading.poll(isFull() && !loading.isIdle());
    }

    /** Whether there are partitions to be placed, but for those that could not be just now. */
    boolean isToBePlaced() {
        Set<Integer> unplaced = reading.unplaced();
        boolean wereTriedJustNow = unplaced.equals(unplaceable) && System.nanoTime() - placeAgainAt < 0;
        return !unplaced.isEmpty() && !wereTriedJustNow;
    }

    /** Those that have not got a place are tried again in a moment; the others are read meanwhile. */
    void placed() {
        unplaceable = reading.unplaced();
        placeAgainAt = System.nanoTime() + BETWEEN_TRIES.toNanos();
    }

    /** Puts what was polled into the batch. */
    void fill(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            fill(partition.partition(), polled.records(partition));
        }
    }

    private void fill(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Reach from = reached.get(partition);
        if (from == null || reading.isExchanged(partition, records)) {
            return;
        }
        if (filling.isEmpty()) {
            filledSince = System.nanoTime();
        }
        int before = filling.records();
        Filled filled = rows.fill(filling, records, from);
        throttle.took(filling.records() - before);
        reached.put(partition, filled.reach());
        filled.hindrance().ifPresentOrElse(found -> waitAt(partition, found), () -> held.release(partition));
    }

    private void waitAt(int partition, Filled.Hindrance found) {
        reading.seek(partition, found.offset());
        held.hold(partition, found);
    }

    /** What keeps a record from being read today, if something does. */
    Optional<Filled.Hindrance> hindrance() {
        return held.first();
    }

    /** Whether it is time to load, and nothing else is being loaded. */
    boolean isDue() {
        boolean isOld =
                System.nanoTime() - filledSince >= settings.batch().age().toNanos();
        boolean isWaitedFor = isToBePlaced() && !filling.isEmpty();
        return loading.isIdle() && (isFull() || isWaitedFor || (isOld && (!filling.isEmpty() || hasGaps())));
    }

    /** Whether all that was read is loaded: only then may a partition be placed, or it would be read twice into one batch. */
    boolean isQuiet() {
        return loading.isIdle() && filling.isEmpty();
    }

    private boolean hasGaps() {
        return reading.placed().stream().anyMatch(this::hasGap);
    }

    /** What lies between the last record and where the consumer is: ends of transactions and the like, and no record. */
    private boolean hasGap(int partition) {
        Reach reach = reached.get(partition);
        return reach != null
                && reading.isProven(partition)
                && !held.isHeld(partition)
                && reading.position(partition) > reach.next();
    }

    /** Hands the batch over. */
    void load() {
        passGaps();
        if (filling.isEmpty()) {
            return;
        }
        loading.start(filling);
        filling = spare == null ? new Batch() : spare;
        spare = null;
        filledSince = System.nanoTime();
    }

    private void passGaps() {
        for (int partition : reading.placed()) {
            Reach reach = reached.get(partition);
            if (reach != null && hasGap(partition)) {
                reached.put(partition, filling.pass(partition, reach, reading.position(partition)));
            }
        }
    }

    /** A batch is through: it is used again. */
    void loaded(Batch done) {
        done.partitions().forEach(partition -> done.next(partition).ifPresent(next -> reading.commit(partition, next)));
        reading.commitLater();
        done.clear();
        spare = done;
    }

    /** Asks the checkpoints where to go on: what was read and not loaded is read again. */
    void startOver() {
        reading.doubt(reading.assigned());
        reached.clear();
        filling.clear();
        spare = new Batch();
    }

    @Override
    public void close() {
        loading.close();
        reading.close();
    }

    /** The topic is gone: nothing of it is committed any more. */
    void abandon() {
        loading.close();
        reading.abandon();
    }
}
