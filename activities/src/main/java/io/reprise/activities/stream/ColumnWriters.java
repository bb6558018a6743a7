package io.reprise.activities.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

/** Which type a column has for a field of a contract, and who writes it. */
final class ColumnWriters {

    private static final int POSTGRES_EPOCH_DAY = 10_957;

    private ColumnWriters() {}

    static TypedColumn column(Schema.Field field) {
        String name = ColumnNames.of(field.name());
        Typed typed = typed(field.name(), field.schema());
        return new TypedColumn(field.name(), name, typed.type(), typed.writer());
    }

    /** A type of PostgreSQL's, and who writes its values. */
    private record Typed(String type, ColumnWriter writer) {}

    private static Typed typed(String field, Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case UNION -> union(field, schema);
            case STRING ->
                logical instanceof LogicalTypes.Uuid
                        ? new Typed("uuid", new UuidWriter(field))
                        : new Typed("text", new TextWriter(field));
            case BOOLEAN -> new Typed("boolean", ColumnWriters::flag);
            case INT -> integer(logical);
            case LONG -> whole(field, logical);
            case FLOAT -> new Typed("real", (from, into) -> into.int4Field(Float.floatToIntBits(from.readFloat())));
            case DOUBLE ->
                new Typed(
                        "double precision", (from, into) -> into.int8Field(Double.doubleToLongBits(from.readDouble())));
            case BYTES, FIXED -> bytes(field, schema, logical);
            case ENUM -> new Typed("text", symbols(field, schema.getEnumSymbols()));
            case ARRAY, MAP, RECORD, NULL -> new Typed("jsonb", new JsonWriter(field, schema));
        };
    }

    private static Typed integer(LogicalType logical) {
        if (logical instanceof LogicalTypes.Date) {
            return new Typed("date", (from, into) -> into.int4Field(from.readInt() - POSTGRES_EPOCH_DAY));
        }
        if (logical instanceof LogicalTypes.TimeMillis) {
            return new Typed("time", (from, into) -> into.int8Field(from.readInt() * 1_000L));
        }
        return new Typed("integer", (from, into) -> into.int4Field(from.readInt()));
    }

    private static Typed whole(String field, LogicalType logical) {
        return switch (logical == null ? "" : logical.getName()) {
            case "timestamp-millis" -> new Typed("timestamptz", TimestampWriter.ofMillis(field));
            case "timestamp-micros" -> new Typed("timestamptz", TimestampWriter.ofMicros(field));
            case "timestamp-nanos" -> new Typed("timestamptz", TimestampWriter.ofNanos(field));
            case "local-timestamp-millis" -> new Typed("timestamp", TimestampWriter.ofMillis(field));
            case "local-timestamp-micros" -> new Typed("timestamp", TimestampWriter.ofMicros(field));
            case "local-timestamp-nanos" -> new Typed("timestamp", TimestampWriter.ofNanos(field));
            case "time-micros" -> new Typed("time", (from, into) -> into.int8Field(from.readLong()));
            default -> new Typed("bigint", (from, into) -> into.int8Field(from.readLong()));
        };
    }

    private static Typed bytes(String field, Schema schema, LogicalType logical) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return new Typed(
                    "numeric(" + decimal.getPrecision() + "," + decimal.getScale() + ")",
                    new DecimalWriter(field, schema, decimal.getPrecision(), decimal.getScale()));
        }
        if (schema.getType() == Schema.Type.FIXED) {
            byte[] fixed = new byte[schema.getFixedSize()];
            return new Typed("bytea", (from, into) -> {
                from.readFixed(fixed);
                into.bytesField(fixed);
            });
        }
        return new Typed("bytea", (from, into) -> {
            ByteBuffer bytes = from.readBytes(null);
            into.int4(bytes.remaining());
            into.raw(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        });
    }

    /** Of one type and nothing else, it is that type and may be null. */
    private static Typed union(String field, Schema schema) {
        List<Schema> branches = schema.getTypes();
        List<Schema> values = branches.stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (values.size() != 1) {
            return new Typed("jsonb", new JsonWriter(field, schema));
        }
        Typed value = typed(field, values.getFirst());
        int nothing = branches.size() == 1 ? -1 : 1 - branches.indexOf(values.getFirst());
        return new Typed(value.type(), new Optionally(field, nothing, branches.size(), value.writer()));
    }

    /** A union with null. */
    record Optionally(String field, int nothing, int branches, ColumnWriter value) implements ColumnWriter {

        @Override
        public void write(Decoder from, CopyBuffer into) throws IOException {
            int branch = from.readIndex();
            if (branch < 0 || branch >= branches) {
                throw Unloadable.field("malformed", field, "branch " + branch + " of a union", "one of " + branches);
            }
            if (branch == nothing) {
                from.readNull();
                into.nothing();
                return;
            }
            value.write(from, into);
        }
    }

    private static void flag(Decoder from, CopyBuffer into) throws IOException {
        into.int4(1);
        into.int1(from.readBoolean() ? 1 : 0);
    }

    private static ColumnWriter symbols(String field, List<String> symbols) {
        byte[][] texts = symbols.stream()
                .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return (from, into) -> {
            int symbol = from.readEnum();
            if (symbol < 0 || symbol >= texts.length) {
                throw Unloadable.field("malformed", field, "symbol " + symbol, "one of " + symbols);
            }
            into.bytesField(texts[symbol]);
        };
    }
}
