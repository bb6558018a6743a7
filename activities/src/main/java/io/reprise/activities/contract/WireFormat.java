package io.reprise.activities.contract;

import io.reprise.activities.contract.SchemaReference.ByGuid;
import io.reprise.activities.contract.SchemaReference.ById;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * How keys and values name their schema, as Confluent's and other serialisers write it: a zero byte and a number of four bytes,
 * a one byte and a GUID of sixteen, or either of them in a header, where what follows has nothing before it.
 */
public final class WireFormat {

    /** The header that names the schema of a key. */
    public static final String KEY_HEADER = "__key_schema_id";

    /** The header that names the schema of a value. */
    public static final String VALUE_HEADER = "__value_schema_id";

    private static final byte BY_ID = 0;
    private static final byte BY_GUID = 1;
    private static final int ID_LENGTH = 1 + Integer.BYTES;
    private static final int GUID_LENGTH = 1 + 2 * Long.BYTES;

    private WireFormat() {}

    /**
     * Reads what names the schema.
     *
     * @param header the value of {@link #KEY_HEADER} or {@link #VALUE_HEADER}, where the record has it: it wins
     */
    public static Framing read(byte[] value, Optional<byte[]> header) {
        if (header.isEmpty()) {
            return read(value, "the value");
        }
        byte[] named = header.get();
        return switch (read(named, "the header")) {
            case Framing.Framed framed when framed.offset() == named.length -> new Framing.Framed(framed.schema(), 0);
            case Framing.Framed framed ->
                new Framing.Unframed("found a header of " + named.length + " bytes (expected: " + framed.offset()
                        + " bytes, for it begins with " + named[0] + ")");
            case Framing.Unframed unframed -> unframed;
        };
    }

    private static Framing read(byte[] bytes, String where) {
        if (bytes.length == 0) {
            return new Framing.Unframed("found nothing in " + where + " (expected: a magic byte, 0 or 1)");
        }
        return switch (bytes[0]) {
            case BY_ID ->
                bytes.length < ID_LENGTH
                        ? cut(bytes, where, ID_LENGTH)
                        : new Framing.Framed(new ById(ByteBuffer.wrap(bytes).getInt(1)), ID_LENGTH);
            case BY_GUID ->
                bytes.length < GUID_LENGTH
                        ? cut(bytes, where, GUID_LENGTH)
                        : new Framing.Framed(new ByGuid(guid(bytes)), GUID_LENGTH);
            default ->
                new Framing.Unframed("found magic byte " + (bytes[0] & 0xff) + " in " + where
                        + " (expected: 0 before a schema id, or 1 before a guid)");
        };
    }

    private static Framing cut(byte[] bytes, String where, int whole) {
        return new Framing.Unframed("found magic byte " + bytes[0] + " and " + (bytes.length - 1) + " bytes in " + where
                + " (expected: at least " + (whole - 1) + " behind it)");
    }

    private static UUID guid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(1), buffer.getLong(1 + Long.BYTES));
    }

    /** What stands before the bytes that were written with this schema, or in a header of its own. */
    public static byte[] prefix(SchemaReference schema) {
        return switch (schema) {
            case ById named ->
                ByteBuffer.allocate(ID_LENGTH).put(BY_ID).putInt(named.id()).array();
            case ByGuid named ->
                ByteBuffer.allocate(GUID_LENGTH)
                        .put(BY_GUID)
                        .putLong(named.guid().getMostSignificantBits())
                        .putLong(named.guid().getLeastSignificantBits())
                        .array();
        };
    }

    /** A value whose own first bytes name its schema. */
    public static byte[] frame(SchemaReference schema, byte[] written) {
        byte[] prefix = prefix(schema);
        return ByteBuffer.allocate(prefix.length + written.length)
                .put(prefix)
                .put(written)
                .array();
    }
}
