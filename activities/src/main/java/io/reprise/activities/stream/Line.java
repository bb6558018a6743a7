package io.reprise.activities.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of a batch and where its rows end in the batch's buffers. They begin where those of the line before end.
 *
 * @param day the day that it counts for, in days since 1970
 * @param eventMicros when it happened, as far as that moves what is taken for complete
 */
record Line(
        ConsumerRecord<byte[], byte[]> record,
        Fate fate,
        int day,
        long eventMicros,
        int rawEnd,
        int typedEnd,
        int asideEnd,
        @Nullable Unloadable ailment) {

    Line dead(Unloadable found) {
        return new Line(record, Fate.DEAD, day, eventMicros, rawEnd, typedEnd, asideEnd, found);
    }
}
