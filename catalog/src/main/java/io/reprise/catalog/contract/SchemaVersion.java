package io.reprise.catalog.contract;

import org.apache.avro.Schema;

/**
 * One version of what records are.
 *
 * @param text of the schema, on one line
 */
public record SchemaVersion(int version, String text) {

    /** The one text by which registries know it: equal schemas are equal texts, and nothing that readers use is left out. */
    public String canonical() {
        return schema().toString();
    }

    /** Reads the text again: keep what it answers where many records need it. */
    public Schema schema() {
        try {
            return AvroText.readWritten(text);
        } catch (BadSchema bad) {
            throw new IllegalArgumentException("cannot use version " + version + " of a contract", bad);
        }
    }
}
