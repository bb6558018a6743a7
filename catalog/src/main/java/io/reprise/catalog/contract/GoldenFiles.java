package io.reprise.catalog.contract;

import io.reprise.catalog.contract.GoldenCheck.Golden;
import io.reprise.catalog.shared.CatalogFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Records that people keep beside a contract, as {@code golden/v<N>/<name>.bin} or {@code .json}. */
final class GoldenFiles {

    private final CatalogFolder folder;
    private final ContractFindings findings;

    GoldenFiles(CatalogFolder folder, ContractFindings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    /** Those that are what they should be; the others are findings. */
    List<Golden> of(VersionDraft version) {
        String home = Contracts.HOME + "/" + findings.draft().definition().subject() + "/golden/v" + version.version();
        List<Golden> read = new ArrayList<>();
        for (String name : folder.names(home)) {
            if (name.endsWith(".bin") || name.endsWith(".json")) {
                read(version, home + "/" + name, name).ifPresent(read::add);
            }
        }
        return read;
    }

    private Optional<Golden> read(VersionDraft version, String file, String name) {
        GenericDatumReader<Object> reading = new GenericDatumReader<>(version.schema());
        try {
            byte[] bytes = folder.bytes(file);
            if (name.endsWith(".json")) {
                Object record = reading.read(
                        null,
                        DecoderFactory.get().jsonDecoder(version.schema(), new String(bytes, StandardCharsets.UTF_8)));
                return Optional.of(new Golden(file, record, GoldenCheck.encode(version.schema(), record)));
            }
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            Object record = reading.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("there are more bytes than the record has");
            }
            return Optional.of(new Golden(file, record, ByteBuffer.wrap(bytes)));
        } catch (IOException | AvroRuntimeException unreadable) {
            findings.note(
                    Rule.GOLDEN_UNREADABLE,
                    version,
                    "",
                    "found " + file + ", which is no record of version " + version.version() + ": "
                            + unreadable.getMessage());
            return Optional.empty();
        }
    }
}
