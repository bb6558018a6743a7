package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Optional;

/** A table that SQL may name, as <code>{alias}</code>. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TableDefinition.Target.class, name = "table"),
    @JsonSubTypes.Type(value = TableDefinition.Stage.class, name = "stage")
})
public sealed interface TableDefinition {

    String alias();

    String connection();

    /**
     * A table that is there.
     *
     * @param scope which of its rows a run is responsible for, as a condition in SQL
     */
    record Target(String alias, String connection, Optional<String> schema, String name, Optional<String> scope)
            implements TableDefinition {}

    /**
     * A table that the engine makes for a run, and drops.
     *
     * @param like alias of the table whose columns it has
     * @param keepOnFailure how long it is kept where the run failed
     */
    record Stage(String alias, String connection, String like, Duration keepOnFailure) implements TableDefinition {}
}
