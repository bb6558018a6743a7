package io.reprise.activities.contract;

import java.util.UUID;

/** How a record names the schema that it was written with. */
public sealed interface SchemaReference {

    /** By the number that a registry gave it. */
    record ById(int id) implements SchemaReference {
        @Override
        public String toString() {
            return "schema id " + id;
        }
    }

    /** By a name that is the same in every registry. */
    record ByGuid(UUID guid) implements SchemaReference {
        @Override
        public String toString() {
            return "schema guid " + guid;
        }
    }
}
