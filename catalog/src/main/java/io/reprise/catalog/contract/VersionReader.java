package io.reprise.catalog.contract;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one version as another has them. What it works out for the two goes with it: Avro's own reader keeps that
 * for every two schemas that the thread ever met.
 */
final class VersionReader extends GenericDatumReader<Object> {

    private @Nullable ResolvingDecoder resolving;

    VersionReader(Schema writer, Schema reader) {
        super(writer, reader);
    }

    @Override
    public Object read(@Nullable Object reuse, Decoder bytes) throws IOException {
        ResolvingDecoder fields = resolving();
        fields.configure(bytes);
        Object record = read(reuse, getExpected(), fields);
        fields.drain();
        return record;
    }

    private ResolvingDecoder resolving() throws IOException {
        if (resolving == null) {
            Schema aliased = Schema.applyAliases(getSchema(), getExpected());
            resolving = DecoderFactory.get().resolvingDecoder(aliased, getExpected(), null);
        }
        return resolving;
    }
}
