package io.reprise.activities.contract;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as one schema wants them, whatever they were written with. For one thread: it keeps what reading needs, so that
 * the next record costs no more than its bytes.
 */
public final class AvroRecords {

    private final SchemaSource schemas;
    private final Optional<Schema> wanted;
    private final Map<SchemaReference, GenericDatumReader<Object>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    private AvroRecords(SchemaSource schemas, Optional<Schema> wanted) {
        this.schemas = schemas;
        this.wanted = wanted;
    }

    /** Reads every record as this schema has it: fields that it does not know fall away, those it adds take their default. */
    public static AvroRecords as(Schema wanted, SchemaSource schemas) {
        return new AvroRecords(new CachedSchemas(schemas), Optional.of(wanted));
    }

    /** Reads every record as it was written. */
    public static AvroRecords asWritten(SchemaSource schemas) {
        return new AvroRecords(new CachedSchemas(schemas), Optional.empty());
    }

    /**
     * Reads one key or value.
     *
     * @param header of the record that names the schema, where it has one
     */
    public Decoded read(byte[] value, Optional<byte[]> header) {
        return switch (WireFormat.read(value, header)) {
            case Framing.Unframed unframed -> new Decoded.Poison(unframed.words());
            case Framing.Framed framed -> read(value, framed);
        };
    }

    private Decoded read(byte[] value, Framing.Framed framed) {
        return switch (schemas.resolve(framed.schema())) {
            case SchemaSource.Answer.Found found -> decode(value, framed, found.schema());
            case SchemaSource.Answer.Unknown unknown -> new Decoded.Unknown(framed.schema(), unknown.words());
            case SchemaSource.Answer.Away away -> new Decoded.Away(framed.schema(), away.words());
        };
    }

    private Decoded decode(byte[] value, Framing.Framed framed, Schema writer) {
        try {
            BinaryDecoder bytes =
                    DecoderFactory.get().binaryDecoder(value, framed.offset(), value.length - framed.offset(), decoder);
            decoder = bytes;
            Object record = readers.computeIfAbsent(framed.schema(), reference -> reader(writer))
                    .read(null, bytes);
            return bytes.isEnd()
                    ? new Decoded.Value(record, framed.schema(), writer)
                    : poison(framed, writer, "more bytes than the record has", "none behind it");
        } catch (EOFException cut) {
            return poison(framed, writer, "the end of the bytes within the record", "all of it");
        } catch (IOException | AvroRuntimeException unreadable) {
            return poison(framed, writer, String.valueOf(unreadable.getMessage()), "a record of that schema");
        } catch (IndexOutOfBoundsException | ClassCastException | UnsupportedOperationException unreadable) {
            return poison(framed, writer, unreadable.toString(), "a record of that schema");
        } catch (StackOverflowError endless) {
            return poison(framed, writer, "records within records without an end", "a record of that schema");
        }
    }

    private GenericDatumReader<Object> reader(Schema writer) {
        return new GenericDatumReader<>(writer, wanted.orElse(writer));
    }

    private Decoded poison(Framing.Framed framed, Schema writer, String found, String expected) {
        decoder = null;
        return new Decoded.Poison("read " + framed.schema() + ", " + writer.getFullName() + ", and found " + found
                + " (expected: " + expected + ")");
    }

    /** The bytes of a value, framed by what names its schema. */
    public static byte[] write(SchemaReference reference, Schema schema, Object value) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(written, null);
        try {
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
            return WireFormat.frame(reference, written.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write into memory", impossible);
        }
    }
}
