package io.reprise.activities.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.util.Utf8;

/** What has no column of its own: lists, maps, records within records, and unions of several types, as JSON. */
final class JsonWriter implements ColumnWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int JSONB_VERSION = 1;
    private static final int DEEPEST = 64;
    private static final int LONGEST = 64 * 1024 * 1024;

    private final String field;
    private final Schema schema;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    JsonWriter(String field, Schema schema) {
        this.field = field;
        this.schema = schema;
    }

    @Override
    public void write(Decoder from, CopyBuffer into) throws IOException {
        written.reset();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            value(schema, from, json, 1);
        }
        byte[] bytes = written.toByteArray();
        into.int4(bytes.length + 1);
        into.int1(JSONB_VERSION);
        into.raw(bytes, 0, bytes.length);
    }

    private void value(Schema of, Decoder from, JsonGenerator json, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw Unloadable.field("too-deep", field, "more than " + DEEPEST + " levels", "at most " + DEEPEST);
        }
        switch (of.getType()) {
            case NULL -> {
                from.readNull();
                json.writeNull();
            }
            case BOOLEAN -> json.writeBoolean(from.readBoolean());
            case INT -> json.writeNumber(from.readInt());
            case LONG -> json.writeNumber(from.readLong());
            case FLOAT -> real(from.readFloat(), json);
            case DOUBLE -> real(from.readDouble(), json);
            case STRING -> text(from.readString(null), json);
            case BYTES -> json.writeString(base64(from.readBytes(null)));
            case FIXED -> {
                byte[] bytes = new byte[of.getFixedSize()];
                from.readFixed(bytes);
                json.writeString(Base64.getEncoder().encodeToString(bytes));
            }
            case ENUM -> json.writeString(symbol(of, from.readEnum()));
            case UNION -> value(branch(of, from.readIndex()), from, json, depth);
            case ARRAY -> list(of, from, json, depth);
            case MAP -> map(of, from, json, depth);
            case RECORD -> record(of, from, json, depth);
        }
    }

    private void list(Schema of, Decoder from, JsonGenerator json, int depth) throws IOException {
        json.writeStartArray();
        for (long left = from.readArrayStart(); left != 0; left = from.arrayNext()) {
            for (; left > 0; left--) {
                value(of.getElementType(), from, json, depth + 1);
                refuseTooLong(json);
            }
        }
        json.writeEndArray();
    }

    private void map(Schema of, Decoder from, JsonGenerator json, int depth) throws IOException {
        json.writeStartObject();
        for (long left = from.readMapStart(); left != 0; left = from.mapNext()) {
            for (; left > 0; left--) {
                Utf8 key = from.readString(null);
                TextWriter.refuseUnstorable(field, key.getBytes(), key.getByteLength());
                json.writeFieldName(key.toString());
                value(of.getValueType(), from, json, depth + 1);
                refuseTooLong(json);
            }
        }
        json.writeEndObject();
    }

    private void record(Schema of, Decoder from, JsonGenerator json, int depth) throws IOException {
        json.writeStartObject();
        for (Schema.Field inner : fields(of, from)) {
            json.writeFieldName(inner.name());
            value(inner.schema(), from, json, depth + 1);
        }
        json.writeEndObject();
    }

    /** In the order in which they come, which is the writer's. */
    private static Iterable<Schema.Field> fields(Schema of, Decoder from) throws IOException {
        return from instanceof ResolvingDecoder resolving ? List.of(resolving.readFieldOrder()) : of.getFields();
    }

    /** A list of things without a length can be endless in a few bytes. */
    private void refuseTooLong(JsonGenerator json) {
        if (written.size() + json.getOutputBuffered() > LONGEST) {
            throw Unloadable.field("too-long", field, "more than " + LONGEST + " bytes of JSON", "at most that");
        }
    }

    private void text(Utf8 text, JsonGenerator json) throws IOException {
        TextWriter.refuseUnstorable(field, text.getBytes(), text.getByteLength());
        json.writeString(text.toString());
    }

    /** JSON has no words for what is no number. */
    private static void real(double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
            return;
        }
        json.writeString(Double.toString(value));
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    private String symbol(Schema of, int index) {
        if (index < 0 || index >= of.getEnumSymbols().size()) {
            throw Unloadable.field("malformed", field, "symbol " + index, "one of " + of.getEnumSymbols());
        }
        return of.getEnumSymbols().get(index);
    }

    private Schema branch(Schema of, int index) {
        if (index < 0 || index >= of.getTypes().size()) {
            throw Unloadable.field(
                    "malformed",
                    field,
                    "branch " + index + " of a union",
                    "one of " + of.getTypes().size());
        }
        return of.getTypes().get(index);
    }
}
