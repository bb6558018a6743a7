package io.reprise.activities.trigger;

import io.reprise.catalog.shared.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Avro's values are in JSON, as people write them: timestamps and dates in ISO 8601, decimals as numbers, bytes in
 * base64, a union as the value that it has.
 */
final class AvroJson {

    private static final long MILLION = 1_000_000;

    private AvroJson() {}

    static Json of(@Nullable Object value, Schema schema) {
        if (value == null) {
            return new Json.Nothing();
        }
        return switch (schema.getType()) {
            case RECORD -> record((IndexedRecord) value, schema);
            case ARRAY -> items((Iterable<?>) value, schema.getElementType());
            case MAP -> map((Map<?, ?>) value, schema.getValueType());
            case UNION -> of(value, schema.getTypes().get(GenericData.get().resolveUnion(schema, value)));
            case BOOLEAN -> new Json.Truth((Boolean) value);
            case INT, LONG -> whole(((Number) value).longValue(), schema.getLogicalType());
            case FLOAT, DOUBLE -> decimal(((Number) value).doubleValue());
            case BYTES -> bytes(array((ByteBuffer) value), schema.getLogicalType());
            case FIXED -> bytes(((GenericFixed) value).bytes(), schema.getLogicalType());
            case STRING, ENUM -> new Json.Text(value.toString());
            case NULL -> new Json.Nothing();
        };
    }

    private static Json record(IndexedRecord record, Schema schema) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            members.put(field.name(), of(record.get(field.pos()), field.schema()));
        }
        return new Json.Members(members, Set.of());
    }

    private static Json items(Iterable<?> values, Schema element) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(of(value, element)));
        return new Json.Items(items);
    }

    private static Json map(Map<?, ?> values, Schema element) {
        Map<String, Json> members = new LinkedHashMap<>();
        values.forEach((key, value) -> members.put(String.valueOf(key), of(value, element)));
        return new Json.Members(members, Set.of());
    }

    private static Json whole(long number, @Nullable LogicalType type) {
        return switch (type) {
            case LogicalTypes.TimestampMillis _ ->
                new Json.Text(Instant.ofEpochMilli(number).toString());
            case LogicalTypes.TimestampMicros _ ->
                new Json.Text(
                        Instant.ofEpochSecond(Math.floorDiv(number, MILLION), Math.floorMod(number, MILLION) * 1_000)
                                .toString());
            case LogicalTypes.Date _ ->
                new Json.Text(LocalDate.ofEpochDay(number).toString());
            case null, default -> new Json.Numeral(Long.toString(number));
        };
    }

    /** What is no number has no numeral. */
    private static Json decimal(double number) {
        return Double.isFinite(number)
                ? new Json.Numeral(BigDecimal.valueOf(number).toPlainString())
                : new Json.Text(Double.toString(number));
    }

    private static Json bytes(byte[] bytes, @Nullable LogicalType type) {
        return type instanceof LogicalTypes.Decimal decimal && bytes.length > 0
                ? new Json.Numeral(new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString())
                : new Json.Text(Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
