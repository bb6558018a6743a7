package io.reprise.activities.trigger;

import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.Decoded;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.catalog.shared.RecordDecoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Avro as it was written. For one thread. */
public final class AvroDecoder implements RecordDecoder {

    private final AvroRecords records;

    public AvroDecoder(SchemaSource schemas) {
        this.records = AvroRecords.asWritten(schemas);
    }

    @Override
    public Decoding decode(byte[] value, byte @Nullable [] schema) {
        return switch (records.read(value, Optional.ofNullable(schema))) {
            case Decoded.Value found -> new Decoding.Read(AvroJson.of(found.record(), found.writer()));
            case Decoded.Poison poison -> new Decoding.Bad(poison.words(), "a record of a schema that is known");
            case Decoded.Unknown unknown -> new Decoding.Unknown(unknown.words());
            case Decoded.Away away -> new Decoding.Away(away.words());
        };
    }
}
