package io.reprise.activities.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/** Texts as they came, which are copied and never made strings. */
final class TextWriter implements ColumnWriter {

    private final String field;
    private final Utf8 text = new Utf8();

    TextWriter(String field) {
        this.field = field;
    }

    @Override
    public void write(Decoder from, CopyBuffer into) throws IOException {
        Utf8 found = from.readString(text);
        int length = found.getByteLength();
        refuseUnstorable(field, found.getBytes(), length);
        into.int4(length);
        into.raw(found.getBytes(), 0, length);
    }

    /** PostgreSQL keeps no NUL, and nothing that is not UTF-8. */
    static void refuseUnstorable(String field, byte[] bytes, int length) {
        int wide = 0;
        for (int i = 0; i < length; i++) {
            byte one = bytes[i];
            if (one == 0) {
                throw Unloadable.field("nul-in-text", field, "a NUL at byte " + i, "a text without one");
            }
            wide |= one;
        }
        if (wide < 0 && !isUtf8(bytes, length)) {
            throw Unloadable.field("not-utf8", field, "bytes that are not UTF-8", "a text in UTF-8");
        }
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
