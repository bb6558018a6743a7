package io.reprise.db.contract;

import java.util.List;

/** What became of the wish to register a schema. */
public sealed interface Registration {

    /** It is there, now or since before. */
    record Registered(RegisteredVersion version) implements Registration {}

    /** It does not go with what is there. */
    record Objected(List<String> objections) implements Registration {
        public Objected {
            objections = List.copyOf(objections);
        }
    }

    /** The version is there, and it is another schema. */
    record Drifted(RegisteredVersion found) implements Registration {}
}
