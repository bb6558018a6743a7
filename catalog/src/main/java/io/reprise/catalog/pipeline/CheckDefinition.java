package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** Something that must hold of data. Tables are named as under {@code tables}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CheckDefinition.NoRows.class, name = "no-rows"),
    @JsonSubTypes.Type(value = CheckDefinition.Unique.class, name = "unique"),
    @JsonSubTypes.Type(value = CheckDefinition.NotNull.class, name = "not-null"),
    @JsonSubTypes.Type(value = CheckDefinition.RowCount.class, name = "row-count")
})
public sealed interface CheckDefinition {

    /** Stands once in its step. */
    String name();

    /** A query that answers the offending rows: none is a pass. */
    record NoRows(String name, SqlSource sql, boolean allowClock) implements CheckDefinition {}

    /** No two rows of a table are alike in these columns. */
    record Unique(String name, String table, List<String> columns) implements CheckDefinition {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** No row of a table has nothing in one of these columns. */
    record NotNull(String name, String table, List<String> columns) implements CheckDefinition {
        public NotNull {
            columns = List.copyOf(columns);
        }
    }

    /** A table has so many rows. */
    record RowCount(String name, String table, Optional<Integer> min, Optional<Integer> max)
            implements CheckDefinition {}
}
