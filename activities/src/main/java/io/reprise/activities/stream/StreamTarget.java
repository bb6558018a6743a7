package io.reprise.activities.stream;

import io.reprise.catalog.sql.TableName;
import java.util.Optional;

/** Where the records of one log go. */
public record StreamTarget(String stream, StreamLog log, TargetTables tables, LateRule late) {

    TableName raw() {
        return tables.raw();
    }

    TableName aside() {
        return tables.aside();
    }

    Optional<TableName> typed() {
        return tables.typed();
    }

    Optional<TypedRow> row() {
        return tables.row();
    }
}
