package io.reprise.activities.stream;

import io.reprise.activities.contract.Framing;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.contract.WireFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes rows of records. For one thread: it keeps what decoding needs, so that a record costs no more than its bytes. */
public final class RecordRows {

    /** There is no watermark yet. */
    public static final long NO_WATERMARK = TimestampWriter.NONE;

    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    /** How far an event may claim to be ahead of its record, and of the clock here, and still say what is complete. */
    private static final long AHEAD = TimeUnit.HOURS.toMicros(1);

    private final StreamTarget target;
    private final SchemaSource schemas;
    private final UnknownSchemas unknown;
    private final Clock clock;
    private final Map<SchemaReference, Transcoder> transcoders = new HashMap<>();
    private final CopyBuffer unwanted = new CopyBuffer();
    private final int typedColumns;
    private long latestMicros;

    /** @param patience how long a schema that nobody knows is waited for */
    public RecordRows(StreamTarget target, SchemaSource schemas, Duration patience, Clock clock) {
        this.target = target;
        this.schemas = schemas;
        this.unknown = new UnknownSchemas(patience, clock);
        this.clock = clock;
        this.typedColumns = target.row().map(row -> row.columns().size()).orElse(0) + RawRow.SHARED.size();
    }

    /**
     * Puts records of one partition into a batch, each as a row or as what else becomes of it, up to the first that cannot be
     * read today. Those before {@code from} are in one already.
     */
    public Filled fill(Batch batch, List<ConsumerRecord<byte[], byte[]>> records, Reach from) {
        int firstLine = batch.records();
        Reach reach = from;
        Optional<Filled.Hindrance> hindrance = Optional.empty();
        latestMicros = TimeUnit.MILLISECONDS.toMicros(clock.millis()) + AHEAD;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < from.next()) {
                continue;
            }
            hindrance = append(record, batch, reach.watermark());
            if (hindrance.isPresent()) {
                meetSchemas(records, record.offset());
                break;
            }
            reach = new Reach(
                    record.offset() + 1,
                    Math.max(reach.watermark(), batch.lastLine().eventMicros()));
        }
        if (reach.next() > from.next()) {
            batch.endPart(records.getFirst().partition(), from, reach.next(), firstLine);
        }
        return new Filled(reach, hindrance);
    }

    private Optional<Filled.Hindrance> append(ConsumerRecord<byte[], byte[]> record, Batch batch, long watermark) {
        if (record.value() == null) {
            batch.add(line(record, batch, Fate.TOMBSTONE, RawRow.micros(record), null));
            return Optional.empty();
        }
        int rawStart = batch.raw.length();
        int typedStart = batch.typed.length();
        int asideStart = batch.aside.length();
        try {
            return target.row().isPresent()
                    ? appendTyped(record, batch, watermark)
                    : appendBytes(record, batch, watermark);
        } catch (Unloadable ailment) {
            batch.raw.cutTo(rawStart);
            batch.typed.cutTo(typedStart);
            batch.aside.cutTo(asideStart);
            batch.add(line(record, batch, Fate.DEAD, RawRow.micros(record), ailment));
            return Optional.empty();
        }
    }

    private Optional<Filled.Hindrance> appendBytes(ConsumerRecord<byte[], byte[]> record, Batch batch, long watermark) {
        long micros = RawRow.micros(record);
        place(record, batch, fate(watermark, day(micros)), micros, RawRow.hash(record.value()), null);
        return Optional.empty();
    }

    private Optional<Filled.Hindrance> appendTyped(ConsumerRecord<byte[], byte[]> record, Batch batch, long watermark) {
        return switch (framing(record)) {
            case Framing.Unframed(String words) ->
                throw new Unloadable("unframed", "", "cannot tell the record's schema: " + words, null);
            case Framing.Framed framed -> appendFramed(record, batch, watermark, framed);
        };
    }

    private static Framing framing(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(WireFormat.VALUE_HEADER);
        return WireFormat.read(record.value(), Optional.ofNullable(header).map(Header::value));
    }

    /** Whatever else nobody knows behind the record that has to wait is waited for at the same time. */
    private void meetSchemas(List<ConsumerRecord<byte[], byte[]>> records, long from) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() > from
                    && record.value() != null
                    && framing(record) instanceof Framing.Framed framed
                    && !transcoders.containsKey(framed.schema())) {
                unknown.meet(framed.schema());
            }
        }
    }

    private Optional<Filled.Hindrance> appendFramed(
            ConsumerRecord<byte[], byte[]> record, Batch batch, long watermark, Framing.Framed framed) {
        Transcoder known = transcoders.get(framed.schema());
        if (known != null) {
            append(record, batch, watermark, framed, known);
            return Optional.empty();
        }
        return switch (schemas.resolve(framed.schema())) {
            case SchemaSource.Answer.Found found -> {
                Transcoder made = Transcoder.of(found.schema(), target.row().orElseThrow());
                transcoders.put(framed.schema(), made);
                unknown.found(framed.schema());
                append(record, batch, watermark, framed, made);
                yield Optional.empty();
            }
            case SchemaSource.Answer.Unknown(String words) -> {
                if (unknown.mayGiveUp(framed.schema())) {
                    throw new Unloadable("unknown-schema", "", "cannot read the record: " + words, null);
                }
                yield Optional.of(new Filled.Hindrance(record.offset(), false, words));
            }
            case SchemaSource.Answer.Away(String words) ->
                Optional.of(new Filled.Hindrance(record.offset(), true, words));
        };
    }

    private void append(
            ConsumerRecord<byte[], byte[]> record,
            Batch batch,
            long watermark,
            Framing.Framed framed,
            Transcoder transcoder) {
        CopyBuffer typed = target.typed().isPresent() ? batch.typed : unwanted;
        unwanted.cutTo(0);
        int start = typed.length();
        RawRow.begin(typed, typedColumns);
        transcoder.append(record.value(), framed.offset(), typed);
        long eventMicros = eventMicros(record);
        long hash = RawRow.hash(record.value());
        RawRow.appendShared(typed, target.log(), record, hash, day(eventMicros));
        Integer schemaId = framed.schema() instanceof SchemaReference.ById(int id) ? id : null;
        Fate fate = fate(watermark, day(eventMicros));
        if (!fate.isRow()) {
            typed.cutTo(start);
        }
        place(record, batch, fate, eventMicros, hash, schemaId);
    }

    private long eventMicros(ConsumerRecord<byte[], byte[]> record) {
        Optional<TimestampWriter> field = target.row().flatMap(TypedRow::eventTime);
        if (field.isEmpty()) {
            return RawRow.micros(record);
        }
        long micros = field.get().micros();
        if (micros == TimestampWriter.NONE) {
            throw new Unloadable("no-event-time", "", "cannot tell when it happened: its event time is null", null);
        }
        return micros;
    }

    /** Late is what belongs to a day that was taken for complete before it came. */
    private Fate fate(long watermark, int day) {
        boolean late = watermark != NO_WATERMARK
                && day
                        < day(watermark
                                - TimeUnit.NANOSECONDS.toMicros(
                                        target.late().after().toNanos()));
        return late ? target.late().policy().fate() : Fate.LOADED;
    }

    private void place(
            ConsumerRecord<byte[], byte[]> record,
            Batch batch,
            Fate fate,
            long eventMicros,
            long hash,
            @Nullable Integer schemaId) {
        if (fate != Fate.DROPPED) {
            CopyBuffer into = fate == Fate.ASIDE ? batch.aside : batch.raw;
            RawRow.append(into, target.log(), record, hash, day(eventMicros), eventMicros, schemaId);
        }
        batch.add(line(record, batch, fate, eventMicros, null));
    }

    private Line line(
            ConsumerRecord<byte[], byte[]> record,
            Batch batch,
            Fate fate,
            long eventMicros,
            @Nullable Unloadable ailment) {
        long moves = Math.min(eventMicros, Math.min(RawRow.micros(record) + AHEAD, latestMicros));
        return new Line(
                record,
                fate,
                day(eventMicros),
                fate == Fate.TOMBSTONE || fate == Fate.DEAD ? NO_WATERMARK : moves,
                batch.raw.length(),
                batch.typed.length(),
                batch.aside.length(),
                ailment);
    }

    static int day(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, DAY));
    }
}
