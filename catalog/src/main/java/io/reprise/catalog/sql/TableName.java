package io.reprise.catalog.sql;

import java.util.Optional;

/** A table as the catalog names it; the case of its letters counts where the database lets it count. */
public record TableName(Optional<String> schema, String name) {

    public TableName {
        schema.ifPresent(TableName::checked);
        checked(name);
    }

    /** In the schema that the connection is in. */
    public static TableName of(String name) {
        return new TableName(Optional.empty(), name);
    }

    public static TableName of(String schema, String name) {
        return new TableName(Optional.of(schema), name);
    }

    private static void checked(String part) {
        if (part.isBlank() || part.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "cannot name a table '" + part + "' (expected: a name without control characters)");
        }
    }

    @Override
    public String toString() {
        return schema.map(in -> in + ".").orElse("") + name;
    }
}
