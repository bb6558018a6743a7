package io.reprise.catalog.contract;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a schema, the same for the same seed: each branch of a union and each symbol of an enum has its turn, and
 * what counts time or money stays where it has a meaning.
 */
final class SampleRecords {

    private static final int DEEPEST = 6;
    private static final long LATEST_SECOND = 4_102_444_800L;

    private final Random random;
    private int turn;

    SampleRecords(long seed) {
        this.random = new Random(seed);
    }

    List<Object> of(Schema schema, int many) {
        List<Object> records = new ArrayList<>();
        for (turn = 0; turn < many; turn++) {
            Object record = value(schema, 0);
            if (record == null) {
                return List.of();
            }
            records.add(record);
        }
        return records;
    }

    /** Null for null, and for a type that contains itself without an end. */
    private @Nullable Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(turn % schema.getEnumSymbols().size()));
            case ARRAY -> array(schema, depth);
            case MAP -> map(schema, depth);
            case UNION -> branch(schema, depth);
            case FIXED -> new GenericData.Fixed(schema, bytes(schema, schema.getFixedSize()));
            case STRING ->
                Logical.name(schema).equals("uuid")
                        ? new UUID(random.nextLong(), random.nextLong()).toString()
                        : "text-é-" + random.nextInt(1_000);
            case BYTES -> ByteBuffer.wrap(bytes(schema, -1));
            case INT -> Math.toIntExact(whole(schema, Integer.MAX_VALUE));
            case LONG -> whole(schema, 1L << 53);
            case FLOAT -> random.nextInt(1 << 20) / 16f;
            case DOUBLE -> random.nextInt() / 256d;
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
        };
    }

    private @Nullable Object record(Schema schema, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Object value = value(field.schema(), depth + 1);
            if (value == null && !field.schema().isNullable()) {
                return null;
            }
            record.put(field.pos(), value);
        }
        return record;
    }

    private Object array(Schema schema, int depth) {
        List<Object> items = new ArrayList<>();
        Object item = depth >= DEEPEST || turn % 3 == 2 ? null : value(schema.getElementType(), depth + 1);
        if (item != null) {
            items.add(item);
        }
        return new GenericData.Array<>(schema, items);
    }

    private Object map(Schema schema, int depth) {
        Map<String, Object> entries = new HashMap<>();
        Object entry = depth >= DEEPEST || turn % 3 == 2 ? null : value(schema.getValueType(), depth + 1);
        if (entry != null) {
            entries.put("key", entry);
        }
        return entries;
    }

    private @Nullable Object branch(Schema schema, int depth) {
        List<Schema> types = schema.getTypes();
        if (depth >= DEEPEST && schema.isNullable()) {
            return null;
        }
        for (int tried = 0; tried < types.size(); tried++) {
            Schema type = types.get((turn + 1 + tried) % types.size());
            Object value = value(type, depth);
            if (value != null || type.getType() == Schema.Type.NULL) {
                return value;
            }
        }
        return null;
    }

    private long whole(Schema schema, long bound) {
        String name = Logical.name(schema);
        if (name.equals("date")) {
            return random.nextInt(40_000);
        }
        if (Logical.family(name).isEmpty()) {
            return turn == 0 ? bound - 1 : random.nextInt();
        }
        long seconds = Logical.family(name).equals("time") ? random.nextInt(86_400) : random.nextLong(LATEST_SECOND);
        return switch (Logical.unit(name)) {
            case "millis" -> seconds * 1_000;
            case "micros" -> seconds * 1_000_000;
            default -> seconds * 1_000_000_000;
        };
    }

    private byte[] bytes(Schema schema, int size) {
        LogicalType type = schema.getLogicalType();
        if (type instanceof LogicalTypes.Decimal decimal) {
            BigInteger most = BigInteger.TEN.pow(Math.min(decimal.getPrecision(), 9));
            return padded(BigInteger.valueOf(random.nextInt()).mod(most).toByteArray(), size);
        }
        if (size >= 0) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return bytes;
        }
        return ("bytes-" + random.nextInt(1_000)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] padded(byte[] bytes, int size) {
        if (size < 0) {
            return bytes;
        }
        byte[] padded = new byte[size];
        int taken = Math.min(size, bytes.length);
        System.arraycopy(bytes, bytes.length - taken, padded, size - taken, taken);
        return padded;
    }
}
