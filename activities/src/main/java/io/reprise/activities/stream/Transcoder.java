package io.reprise.activities.stream;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Turns records that were written with one version of a contract into rows of its newest version, without an object in
 * between: Avro's decoder hands out values in order, and each goes straight into its column.
 */
final class Transcoder {

    private static final DecoderFactory DECODERS = DecoderFactory.get();

    private final TypedRow row;
    private final List<TypedColumn> columns;
    private final @Nullable ResolvingDecoder resolving;
    private final CopyBuffer scratch = new CopyBuffer();
    private final int[] starts;
    private final int[] ends;
    private @Nullable BinaryDecoder plain;

    private Transcoder(TypedRow row, @Nullable ResolvingDecoder resolving) {
        this.row = row;
        this.columns = row.columns();
        this.resolving = resolving;
        this.starts = new int[columns.size()];
        this.ends = new int[columns.size()];
    }

    /** Throws {@link Unloadable} where what was written with this version can never be read as the newest. */
    static Transcoder of(Schema writer, TypedRow row) {
        if (writer.equals(row.schema())) {
            return new Transcoder(row, null);
        }
        Units.refuseOthers(writer, row.schema());
        try {
            return new Transcoder(row, DECODERS.resolvingDecoder(writer, row.schema(), null));
        } catch (IOException | AvroRuntimeException unresolvable) {
            throw new Unloadable(
                    "incompatible-schema",
                    "",
                    "cannot read " + writer.getFullName() + " as "
                            + row.schema().getFullName() + ": " + unresolvable.getMessage(),
                    unresolvable);
        }
    }

    /** Appends the fields of one row, which the caller has begun. Whatever a decoder throws at bad bytes, they are to blame. */
    void append(byte[] value, int offset, CopyBuffer into) {
        row.eventTime().ifPresent(TimestampWriter::forget);
        try {
            BinaryDecoder bytes = DECODERS.binaryDecoder(value, offset, value.length - offset, plain);
            plain = bytes;
            if (resolving == null) {
                appendInOrder(bytes, into);
            } else {
                resolving.configure(bytes);
                appendResolved(resolving, into);
            }
            if (!bytes.isEnd()) {
                throw new Unloadable("malformed", "", "cannot read the record: bytes follow its last field", null);
            }
        } catch (EOFException cut) {
            throw new Unloadable("malformed", "", "cannot read the record: it ends within a field", cut);
        } catch (Unloadable told) {
            throw told;
        } catch (IOException | RuntimeException malformed) {
            throw new Unloadable("malformed", "", "cannot read the record: " + malformed.getMessage(), malformed);
        }
    }

    private void appendInOrder(Decoder from, CopyBuffer into) throws IOException {
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).writer().write(from, into);
        }
    }

    /** Values come in the writer's order, and the table has its own. */
    private void appendResolved(ResolvingDecoder from, CopyBuffer into) throws IOException {
        scratch.cutTo(0);
        for (Schema.Field field : from.readFieldOrder()) {
            starts[field.pos()] = scratch.length();
            columns.get(field.pos()).writer().write(from, scratch);
            ends[field.pos()] = scratch.length();
        }
        from.drain();
        for (int column = 0; column < columns.size(); column++) {
            into.raw(scratch.bytes(), starts[column], ends[column] - starts[column]);
        }
    }
}
