package io.reprise.activities.stream;

import io.reprise.catalog.sql.TableName;
import java.util.Optional;

/**
 * Where the records of one log go.
 *
 * @param raw the table of their bytes
 * @param typed the table of their fields
 * @param row what the contract says of their fields; a stream without a contract has none
 */
public record StreamTarget(
        String stream, StreamLog log, TableName raw, Optional<TableName> typed, Optional<TypedRow> row, LateRule late) {

    public StreamTarget {
        if (typed.isPresent() && row.isEmpty()) {
            throw new IllegalArgumentException("cannot load " + stream + " into " + typed.get()
                    + " without a contract (expected: a contract, whose fields are the columns)");
        }
    }

    /** Where late records go that are not to be among the others. */
    TableName aside() {
        return new TableName(raw.schema(), raw.name() + "_late");
    }
}
