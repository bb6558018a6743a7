package io.reprise.catalog.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Whether a schema may become the next version of a subject, by Avro's own checker alone: the gate asks for more. */
public final class SchemaVerdict {

    private SchemaVerdict() {}

    /**
     * What is to be said against it; nothing where it may.
     *
     * @param before texts of the living versions, in order
     */
    public static List<String> objections(Compatibility promised, String next, List<String> before) throws BadSchema {
        Schema newer = AvroText.readWritten(next);
        List<String> objections = new ArrayList<>();
        int first = promised.transitive() ? 0 : Math.max(0, before.size() - 1);
        for (int place = before.size() - 1; place >= first; place--) {
            Schema older = AvroText.readWritten(before.get(place));
            if (promised.backward()) {
                add(objections, "the new schema cannot read records of the old one", newer, older);
            }
            if (promised.forward()) {
                add(objections, "the old schema cannot read records of the new one", older, newer);
            }
            if (!objections.isEmpty()) {
                return objections;
            }
        }
        return objections;
    }

    private static void add(List<String> objections, String words, Schema reader, Schema writer) {
        for (Incompatibility found : AvroCheck.incompatibilities(reader, writer)) {
            objections.add(words + ": "
                    + found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at " + found.getLocation()
                    + ", " + found.getMessage());
        }
    }
}
