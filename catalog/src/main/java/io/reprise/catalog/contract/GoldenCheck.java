package io.reprise.catalog.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Reads records of each version with the others, as consumers will, and compares what they mean. */
final class GoldenCheck {

    private static final int MADE = 2;

    private final ContractFindings findings;
    private final GoldenFiles files;
    private final long seed;
    private final Map<Integer, List<Golden>> records = new HashMap<>();

    /** @param from the file, or the seed that it was made with */
    record Golden(String from, Object record, ByteBuffer bytes) {}

    /** @param seed of what is made for versions without files */
    GoldenCheck(ContractFindings findings, GoldenFiles files, long seed) {
        this.findings = findings;
        this.files = files;
        this.seed = seed;
    }

    /** Two versions, in the directions in which Avro's checker found them to go with each other. */
    void check(VersionPair pair, AvroCheck.Directions readable) {
        if (readable.older()) {
            read(pair, pair.older(), pair.newer());
        }
        if (readable.newer()) {
            read(pair, pair.newer(), pair.older());
        }
    }

    private void read(VersionPair pair, VersionDraft writer, VersionDraft reader) {
        VersionReader reading = new VersionReader(writer.schema(), reader.schema());
        for (Golden golden : records.computeIfAbsent(writer.version(), version -> records(writer))) {
            Optional<Difference> difference;
            try {
                Object read = decode(golden.bytes(), reading);
                difference = Difference.between(golden.record(), writer.schema(), read, reader.schema());
            } catch (IOException | AvroRuntimeException | ClassCastException unreadable) {
                findings.note(
                        Rule.GOLDEN_UNREADABLE,
                        pair,
                        reader,
                        "",
                        "version " + reader.version()
                                + " could not read " + golden.from() + " of version " + writer.version() + ": "
                                + unreadable.getMessage());
                return;
            }
            if (difference.isPresent() && !findings.isToldOf(difference.get().field())) {
                findings.note(
                        Rule.GOLDEN_DIFFERS,
                        pair,
                        reader,
                        "",
                        "version " + reader.version() + " read '"
                                + difference.get().field() + "' of " + golden.from() + " as "
                                + difference.get().read()
                                + " (expected: " + difference.get().written() + ", as version " + writer.version()
                                + " wrote it)");
                return;
            }
        }
    }

    private List<Golden> records(VersionDraft version) {
        List<Golden> written = files.of(version);
        if (!written.isEmpty()) {
            return written;
        }
        List<Golden> made = new ArrayList<>();
        for (Object record : new SampleRecords(seed).of(version.schema(), MADE)) {
            made.add(new Golden("a record made with seed " + seed, record, encode(version.schema(), record)));
        }
        return made;
    }

    static ByteBuffer encode(Schema schema, Object record) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(written, null);
        try {
            new GenericDatumWriter<>(schema).write(record, encoder);
            encoder.flush();
            return ByteBuffer.wrap(written.toByteArray());
        } catch (IOException impossible) {
            throw new IllegalStateException("cannot write into memory", impossible);
        }
    }

    static Object decode(ByteBuffer bytes, GenericDatumReader<Object> reading) throws IOException {
        return reading.read(
                null, DecoderFactory.get().binaryDecoder(bytes.array(), bytes.arrayOffset(), bytes.remaining(), null));
    }
}
