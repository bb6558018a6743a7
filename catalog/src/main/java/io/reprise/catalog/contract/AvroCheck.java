package io.reprise.catalog.contract;

import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** What Avro's own checker says of two versions, in the directions that the contract promises. */
final class AvroCheck {

    private final ContractFindings findings;
    private final Compatibility promised;

    AvroCheck(ContractFindings findings) {
        this.findings = findings;
        this.promised = findings.draft().definition().compatibility();
    }

    void check(VersionPair pair) {
        if (promised.backward()) {
            read(pair, pair.newer(), pair.older());
        }
        if (promised.forward()) {
            read(pair, pair.older(), pair.newer());
        }
    }

    private void read(VersionPair pair, VersionDraft reader, VersionDraft writer) {
        for (Incompatibility found : incompatibilities(reader.schema(), writer.schema())) {
            findings.note(
                    Rule.INCOMPATIBLE,
                    pair,
                    reader,
                    pointer(found.getLocation()),
                    "version " + reader.version() + " cannot read what version " + writer.version() + " wrote: "
                            + found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", "
                            + found.getMessage());
        }
    }

    static Iterable<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }

    private static String pointer(String location) {
        return location.equals("/") ? "" : location;
    }
}
