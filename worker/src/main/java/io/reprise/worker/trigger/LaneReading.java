package io.reprise.worker.trigger;

import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerInbox;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.worker.deadletter.SourceRecords;
import io.reprise.worker.shared.Held;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Makes of what was polled what a trigger makes of it: known, readable, bad, or to be read again later. */
final class LaneReading {

    private final TriggerInbox inbox;
    private final Places places;
    private final Standing standing;
    private final Held held = new Held();
    private final Map<TopicPartition, Long> lastKnown = new HashMap<>();

    LaneReading(TriggerInbox inbox, Places places, Standing standing) {
        this.inbox = inbox;
        this.places = places;
        this.standing = standing;
    }

    /** Whether the partition waits for a schema. */
    boolean isHeld(TopicPartition partition) {
        return held.isHeld(partition);
    }

    void letGo(Collection<TopicPartition> partitions) {
        held.letGo(partitions);
    }

    /** Behind its position the inbox knows nothing, unless somebody set the trigger back. */
    void placed(TopicPartition partition, TriggerBatch.Source source) {
        lastKnown.remove(partition);
        OptionalLong last = inbox.last(source);
        if (last.isPresent() && last.getAsLong() >= places.position(partition).orElse(Long.MAX_VALUE)) {
            lastKnown.put(partition, last.getAsLong());
        }
    }

    /** What can be read of them now, in their order. */
    List<TriggerRecord> read(
            TopicPartition partition,
            TriggerBatch.Source source,
            List<ConsumerRecord<byte[], byte[]>> fresh,
            RecordReader reader) {
        Set<Long> known = known(partition, source, fresh);
        List<TriggerRecord> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : fresh) {
            SourceRecord record = SourceRecords.of(places.log().id(), found);
            if (known.contains(record.offset())) {
                read.add(new TriggerRecord.Known(record));
                continue;
            }
            switch (reader.read(record)) {
                case ReadRecord.Done(TriggerRecord done) -> read.add(done);
                case ReadRecord.NotYet notYet -> {
                    if (waits(partition, record, notYet, reader)) {
                        return read;
                    }
                    held.letGo(List.of(partition));
                    read.add(new TriggerRecord.Poison(record, notYet.cause()));
                }
            }
        }
        held.letGo(List.of(partition));
        return read;
    }

    /** Answers whether the record is read again later: as long as nobody answers, or some more times. */
    private boolean waits(
            TopicPartition partition, SourceRecord record, ReadRecord.NotYet notYet, RecordReader reader) {
        if (!notYet.away() && held.hold(partition, record.offset()) >= reader.attempts()) {
            return false;
        }
        standing.cannotRead(notYet.away(), notYet.words());
        places.showAgain(partition, record.offset());
        return true;
    }

    private Set<Long> known(
            TopicPartition partition, TriggerBatch.Source source, List<ConsumerRecord<byte[], byte[]>> fresh) {
        long first = fresh.getFirst().offset();
        Long last = lastKnown.get(partition);
        if (last == null || first > last) {
            return Set.of();
        }
        return inbox.known(source, first, fresh.getLast().offset());
    }
}
