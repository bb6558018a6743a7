package io.reprise.catalog.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a record that was read with another schema means something else than the one that was written.
 *
 * @param field names of fields with dots between
 */
record Difference(String field, String written, String read) {

    private static final GenericData DATA = new GenericData();

    static Optional<Difference> between(Object written, Schema writer, Object read, Schema reader) {
        return between(written, writer, read, reader, "");
    }

    private static Optional<Difference> between(
            @Nullable Object written, Schema writer, @Nullable Object read, Schema reader, String field) {
        if (writer.isUnion()) {
            return between(written, branch(writer, written), read, reader, field);
        }
        if (reader.isUnion()) {
            return between(written, writer, read, branch(reader, read), field);
        }
        if (written instanceof IndexedRecord from && read instanceof IndexedRecord to) {
            return records(from, to, field);
        }
        if (written instanceof List<?> from && read instanceof List<?> to) {
            return lists(from, writer.getElementType(), to, reader.getElementType(), field);
        }
        if (written instanceof Map<?, ?> from && read instanceof Map<?, ?> to) {
            return lists(
                    List.copyOf(from.values()),
                    writer.getValueType(),
                    List.copyOf(to.values()),
                    reader.getValueType(),
                    field);
        }
        if (written != null && written.equals(read) && isPlain(writer) && isPlain(reader)) {
            return Optional.empty();
        }
        Object expected = expected(written, writer, reader);
        Object found = meaning(read, reader);
        return Objects.equals(expected, found)
                ? Optional.empty()
                : Optional.of(new Difference(field, String.valueOf(expected), String.valueOf(found)));
    }

    private static Optional<Difference> records(IndexedRecord written, IndexedRecord read, String at) {
        for (Schema.Field field : read.getSchema().getFields()) {
            String name = at.isEmpty() ? field.name() : at + "." + field.name();
            Optional<Schema.Field> source = source(written.getSchema(), field);
            Object value = read.get(field.pos());
            Optional<Difference> difference = source.isPresent()
                    ? between(written.get(source.get().pos()), source.get().schema(), value, field.schema(), name)
                    : defaulted(value, field, name);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<Schema.Field> source(Schema writer, Schema.Field field) {
        return Optional.ofNullable(writer.getField(field.name()))
                .or(() -> field.aliases().stream()
                        .map(writer::getField)
                        .filter(Objects::nonNull)
                        .findFirst());
    }

    private static Optional<Difference> defaulted(@Nullable Object value, Schema.Field field, String name) {
        Object expected = DATA.getDefaultValue(field);
        return Objects.equals(expected, value)
                ? Optional.empty()
                : Optional.of(new Difference(name, String.valueOf(expected), String.valueOf(value)));
    }

    private static Optional<Difference> lists(List<?> from, Schema writer, List<?> to, Schema reader, String field) {
        if (from.size() != to.size()) {
            return Optional.of(new Difference(field, from.size() + " items", to.size() + " items"));
        }
        for (int item = 0; item < from.size(); item++) {
            Optional<Difference> difference = between(from.get(item), writer, to.get(item), reader, field);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static boolean isPlain(Schema schema) {
        return Logical.name(schema).isEmpty();
    }

    private static Schema branch(Schema union, @Nullable Object value) {
        return union.getTypes().get(DATA.resolveUnion(union, value));
    }

    private static @Nullable Object expected(@Nullable Object written, Schema writer, Schema reader) {
        if (written instanceof GenericEnumSymbol<?> symbol && reader.getType() == Schema.Type.ENUM) {
            return reader.hasEnumSymbol(symbol.toString()) ? symbol.toString() : reader.getEnumDefault();
        }
        return meaning(written, writer);
    }

    /** What a value stands for, whichever type holds it. */
    private static @Nullable Object meaning(@Nullable Object value, Schema schema) {
        return switch (value) {
            case null -> null;
            case Integer number -> number(BigDecimal.valueOf(number), schema);
            case Long number -> number(BigDecimal.valueOf(number), schema);
            case Float number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case Double number -> new BigDecimal(Float.toString(number.floatValue())).stripTrailingZeros();
            case ByteBuffer bytes -> bytes(GenericData.get().toString(bytes), bytes.duplicate(), schema);
            case GenericFixed fixed -> bytes(fixed.toString(), ByteBuffer.wrap(fixed.bytes()), schema);
            default -> value.toString();
        };
    }

    private static Object bytes(String plain, ByteBuffer bytes, Schema schema) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return plain;
        }
        byte[] unscaled = new byte[bytes.remaining()];
        bytes.get(unscaled);
        return new BigDecimal(new BigInteger(unscaled), decimal.getScale()).stripTrailingZeros();
    }

    /** Times are compared in nanoseconds. */
    private static Object number(BigDecimal number, Schema schema) {
        String name = Logical.name(schema);
        BigDecimal scaled = Logical.family(name).isEmpty()
                ? number
                : switch (Logical.unit(name)) {
                    case "millis" -> number.movePointRight(6);
                    case "micros" -> number.movePointRight(3);
                    default -> number;
                };
        return scaled.stripTrailingZeros();
    }
}
