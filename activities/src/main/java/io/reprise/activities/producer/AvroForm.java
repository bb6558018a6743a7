package io.reprise.activities.producer;

import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.contract.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one contract, each with the version of the schema that it was built of, and names that version in the
 * value's first bytes or in a header.
 */
public final class AvroForm implements RecordForm<GenericRecord> {

    private static final long MILLION = 1_000_000;

    /** Where a record names its schema. */
    public enum Naming {
        IN_VALUE,
        IN_HEADER
    }

    /**
     * What of a record Kafka is told, as paths of fields: {@code customer.id} lies within a record.
     *
     * @param key its text keeps the order of records
     * @param eventTime a timestamp in milli-, micro- or nanoseconds
     */
    public record Fields(Optional<String> key, Optional<String> eventTime) {}

    private record Version(SchemaReference reference, GenericDatumWriter<GenericRecord> writer) {}

    private final String topic;
    private final Fields fields;
    private final Naming naming;
    private final Map<Schema, Version> versions = new HashMap<>();

    /** @param versions those that may be written, under the name that a registry gave them */
    public AvroForm(String topic, Fields fields, Naming naming, List<SchemaLookup.Answer.Found> versions) {
        this.topic = topic;
        this.fields = fields;
        this.naming = naming;
        versions.forEach(found -> this.versions.put(
                found.schema(), new Version(found.reference(), new GenericDatumWriter<>(found.schema()))));
    }

    @Override
    public Outgoing write(GenericRecord record) throws Unwritable {
        Version version = versions.get(record.getSchema());
        if (version == null) {
            throw new Unwritable(
                    "a record of schema " + record.getSchema().getFullName() + " in a version that is not registered",
                    "one of the " + versions.size() + " versions that this form was made with");
        }
        byte[] written = bytes(version.writer(), record);
        byte @Nullable [] key =
                fields.key().isEmpty() ? null : key(record, fields.key().get());
        Outgoing outgoing = switch (naming) {
            case IN_VALUE -> Outgoing.of(topic, key, WireFormat.frame(version.reference(), written));
            case IN_HEADER ->
                Outgoing.of(topic, key, written)
                        .with(new RecordHeader(WireFormat.VALUE_HEADER, WireFormat.prefix(version.reference())));
        };
        return fields.eventTime()
                .flatMap(path -> moment(record, path))
                .map(outgoing::at)
                .orElse(outgoing);
    }

    private static byte[] bytes(GenericDatumWriter<GenericRecord> writer, GenericRecord record) throws Unwritable {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(written, null);
        try {
            writer.write(record, encoder);
            encoder.flush();
            return written.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException unfit) {
            throw new Unwritable(
                    String.valueOf(unfit.getMessage()),
                    "values as schema " + record.getSchema().getFullName() + " has them",
                    unfit);
        }
    }

    private static byte[] key(GenericRecord record, String path) throws Unwritable {
        Object value = field(record, path).value();
        if (value == null) {
            throw new Unwritable("no value in the key field " + path, "one, for it keeps the order");
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Instant> moment(GenericRecord record, String path) {
        Found found = field(record, path);
        if (!(found.value() instanceof Long number)) {
            return Optional.empty();
        }
        return switch (found.type()) {
            case LogicalTypes.TimestampMillis _ -> Optional.of(Instant.ofEpochMilli(number));
            case LogicalTypes.TimestampMicros _ -> Optional.of(instant(number, MILLION));
            case LogicalTypes.TimestampNanos _ -> Optional.of(instant(number, 1_000 * MILLION));
            case null, default -> Optional.empty();
        };
    }

    private static Instant instant(long number, long ofASecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(number, ofASecond), Math.floorMod(number, ofASecond) * (1_000 * MILLION / ofASecond));
    }

    private record Found(@Nullable Object value, @Nullable LogicalType type) {}

    private static Found field(IndexedRecord record, String path) {
        int dot = path.indexOf('.');
        Schema.Field field = record.getSchema().getField(dot < 0 ? path : path.substring(0, dot));
        Object value = field == null ? null : record.get(field.pos());
        if (field == null || value == null) {
            return new Found(null, null);
        }
        return dot >= 0 && value instanceof IndexedRecord within
                ? field(within, path.substring(dot + 1))
                : new Found(value, type(field.schema()));
    }

    private static @Nullable LogicalType type(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(it -> it.getType() != Schema.Type.NULL)
                        .findFirst()
                        .map(Schema::getLogicalType)
                        .orElse(null)
                : schema.getLogicalType();
    }
}
