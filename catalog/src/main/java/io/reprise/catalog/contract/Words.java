package io.reprise.catalog.contract;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How types and values of schemas look to people, and which types stand for others. */
final class Words {

    private static final Set<Schema.Type> WHOLE = Set.of(Schema.Type.INT, Schema.Type.LONG);
    private static final Set<Schema.Type> FLOATING = Set.of(Schema.Type.FLOAT, Schema.Type.DOUBLE);
    private static final Set<Schema.Type> TEXTS = Set.of(Schema.Type.STRING, Schema.Type.BYTES);
    private static final Set<Schema.Type> NAMED = Set.of(Schema.Type.RECORD, Schema.Type.ENUM, Schema.Type.FIXED);

    private Words() {}

    static String of(@Nullable Object value) {
        if (value == null || value instanceof JsonProperties.Null) {
            return "null";
        }
        return switch (value) {
            case CharSequence text -> "\"" + text + "\"";
            case byte[] bytes -> "\"" + new String(bytes, StandardCharsets.ISO_8859_1) + "\"";
            default -> String.valueOf(value);
        };
    }

    static String orNone(String logicalType) {
        return logicalType.isEmpty() ? "no logical type" : "the logical type " + logicalType;
    }

    static boolean isNamed(Schema schema) {
        return NAMED.contains(schema.getType());
    }

    static boolean losesDigits(Schema.Type written, Schema.Type read) {
        return (written == Schema.Type.LONG && FLOATING.contains(read))
                || (written == Schema.Type.INT && read == Schema.Type.FLOAT);
    }

    /** Whether values of one are taken for values of the other. */
    static boolean readsAs(Schema.Type one, Schema.Type other) {
        boolean numbers =
                (WHOLE.contains(one) || FLOATING.contains(one)) && (WHOLE.contains(other) || FLOATING.contains(other));
        return numbers || (TEXTS.contains(one) && TEXTS.contains(other));
    }
}
