package io.reprise.activities.stream;

import java.io.IOException;
import org.apache.avro.io.Decoder;

/** Instants and local times. It remembers the last one, for the time of an event is asked for beside its column. */
final class TimestampWriter implements ColumnWriter {

    /** Stands for no time at all. */
    static final long NONE = Long.MIN_VALUE;

    static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;
    private static final long EARLIEST_MICROS = -210_866_803_200_000_000L;

    private final String field;
    private final long unitsToMicros;
    private final boolean isNanos;
    private long micros = NONE;

    private TimestampWriter(String field, long unitsToMicros, boolean isNanos) {
        this.field = field;
        this.unitsToMicros = unitsToMicros;
        this.isNanos = isNanos;
    }

    static TimestampWriter ofMillis(String field) {
        return new TimestampWriter(field, 1_000, false);
    }

    static TimestampWriter ofMicros(String field) {
        return new TimestampWriter(field, 1, false);
    }

    /** The table keeps microseconds; what is below is in the bytes. */
    static TimestampWriter ofNanos(String field) {
        return new TimestampWriter(field, 1, true);
    }

    /** The last one that was written since it was told to forget, in microseconds since 1970, or {@link #NONE}. */
    long micros() {
        return micros;
    }

    void forget() {
        micros = NONE;
    }

    @Override
    public void write(Decoder from, CopyBuffer into) throws IOException {
        long found = from.readLong();
        micros = isNanos ? Math.floorDiv(found, 1_000L) : micros(found);
        into.int8Field(micros - POSTGRES_EPOCH_MICROS);
    }

    private long micros(long found) {
        long high = Math.multiplyHigh(found, unitsToMicros);
        long low = found * unitsToMicros;
        if (high != low >> 63 || low < EARLIEST_MICROS) {
            throw Unloadable.field(
                    "out-of-range", field, found + " since 1970", "a time from 4713 BC on that fits into microseconds");
        }
        return low;
    }
}
