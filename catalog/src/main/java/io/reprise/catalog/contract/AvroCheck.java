package io.reprise.catalog.contract;

import java.util.List;
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

    /** Answers in which of the directions the two go with each other. */
    Directions check(VersionPair pair) {
        return new Directions(
                promised.backward() && isReadable(pair, pair.newer(), pair.older()),
                promised.forward() && isReadable(pair, pair.older(), pair.newer()));
    }

    /**
     * What may be read of a pair.
     *
     * @param older by the newer
     * @param newer by the older
     */
    record Directions(boolean older, boolean newer) {}

    private boolean isReadable(VersionPair pair, VersionDraft reader, VersionDraft writer) {
        List<Incompatibility> incompatibilities = incompatibilities(reader.schema(), writer.schema());
        for (Incompatibility found : incompatibilities) {
            findings.note(
                    Rule.INCOMPATIBLE,
                    pair,
                    reader,
                    pointer(found.getLocation()),
                    "version " + reader.version() + " cannot read what version " + writer.version() + " wrote: "
                            + found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", "
                            + found.getMessage());
        }
        return incompatibilities.isEmpty();
    }

    static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }

    private static String pointer(String location) {
        return location.equals("/") ? "" : location;
    }
}
