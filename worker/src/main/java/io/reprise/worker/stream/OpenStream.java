package io.reprise.worker.stream;

import io.reprise.activities.stream.Batch;
import io.reprise.activities.stream.Filled;
import io.reprise.activities.stream.Reach;
import io.reprise.activities.stream.RecordRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A stream that is being read: the batch that is being filled, and how far each partition is in it. */
final class OpenStream implements AutoCloseable {

    private final StreamSettings settings;
    private final StreamReading reading;
    private final RecordRows rows;
    private final StreamPlacing placing;
    private final Loading loading;
    private final Throttle throttle;
    private final Map<Integer, Reach> reached = new HashMap<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private Batch filling = new Batch();
    private @Nullable Batch spare = new Batch();
    private long filledSince = System.nanoTime();

    /** Since when the record at an offset waits for its schema. */
    private record Waiting(long offset, long since) {}

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
        boolean reads =
                mayRead && !isFull() && throttle.mayRead() && reading.unplaced().isEmpty();
        reading.hold(reads);
        return reading.poll(isFull());
    }

    /** Puts what was polled into the batch. Answers what keeps a record from being read, if something does. */
    Optional<Filled.Hindrance> fill(ConsumerRecords<byte[], byte[]> polled) {
        Optional<Filled.Hindrance> first = Optional.empty();
        for (TopicPartition partition : polled.partitions()) {
            Optional<Filled.Hindrance> found = fill(partition.partition(), polled.records(partition));
            first = first.or(() -> found);
        }
        return first;
    }

    private Optional<Filled.Hindrance> fill(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Reach from = reached.get(partition);
        if (from == null || reading.isExchanged(partition, records)) {
            return Optional.empty();
        }
        if (filling.isEmpty()) {
            filledSince = System.nanoTime();
        }
        int before = filling.records();
        Filled filled = rows.fill(filling, records, from, hasWaitedEnough(partition, records));
        throttle.took(filling.records() - before);
        reached.put(partition, filled.reach());
        filled.hindrance().ifPresentOrElse(found -> waitAt(partition, found), () -> waiting.remove(partition));
        return filled.hindrance();
    }

    private boolean hasWaitedEnough(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Waiting since = waiting.get(partition);
        return since != null
                && since.offset() == records.getFirst().offset()
                && System.nanoTime() - since.since() > settings.unknownSchema().toNanos();
    }

    /** A schema that cannot be asked for is no reason to give a record up, however long it takes. */
    private void waitAt(int partition, Filled.Hindrance found) {
        reading.seek(partition, found.offset());
        if (found.isAway()) {
            waiting.remove(partition);
            return;
        }
        Waiting known = waiting.get(partition);
        if (known == null || known.offset() != found.offset()) {
            waiting.put(partition, new Waiting(found.offset(), System.nanoTime()));
        }
    }

    /** Whether it is time to load, and nothing else is being loaded. */
    boolean isDue() {
        boolean isOld =
                System.nanoTime() - filledSince >= settings.batch().age().toNanos();
        boolean isWaitedFor = !reading.unplaced().isEmpty() && !filling.isEmpty();
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
                && !waiting.containsKey(partition)
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
