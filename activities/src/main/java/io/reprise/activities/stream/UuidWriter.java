package io.reprise.activities.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/** Ids that are written as texts and kept as the number that they are. */
final class UuidWriter implements ColumnWriter {

    private static final int LENGTH = 36;

    private final String field;
    private final Utf8 text = new Utf8();

    UuidWriter(String field) {
        this.field = field;
    }

    @Override
    public void write(Decoder from, CopyBuffer into) throws IOException {
        Utf8 found = from.readString(text);
        UUID id = parse(new String(found.getBytes(), 0, found.getByteLength(), StandardCharsets.ISO_8859_1));
        into.int4(2 * Long.BYTES);
        into.int8(id.getMostSignificantBits());
        into.int8(id.getLeastSignificantBits());
    }

    private UUID parse(String found) {
        try {
            if (found.length() == LENGTH) {
                return UUID.fromString(found);
            }
        } catch (IllegalArgumentException notOne) {
            throw refused(found);
        }
        throw refused(found);
    }

    private Unloadable refused(String found) {
        String shown = found.length() <= LENGTH ? found : found.substring(0, LENGTH) + "…";
        return Unloadable.field("not-a-uuid", field, "'" + shown.replaceAll("\\P{Print}", "?") + "'", "a UUID");
    }
}
