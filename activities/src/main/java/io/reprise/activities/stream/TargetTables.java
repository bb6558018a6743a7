package io.reprise.activities.stream;

import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.sql.TableName;
import io.reprise.catalog.stream.StreamDefinition;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The tables of a stream.
 *
 * @param raw the table of its records' bytes
 * @param typed the table of their fields
 * @param row what the contract says of their fields; a stream without a contract has none
 */
public record TargetTables(TableName raw, Optional<TableName> typed, Optional<TypedRow> row) {

    public TargetTables {
        if (typed.isPresent() && row.isEmpty()) {
            throw new IllegalArgumentException("cannot load " + typed.get()
                    + " without a contract (expected: a contract, whose fields are the columns)");
        }
    }

    public static TargetTables of(StreamDefinition stream, Optional<ContractDefinition> contract) {
        Optional<TypedRow> row = contract.map(
                it -> TypedRow.of(new Schema.Parser().parse(it.newest().text()), stream.eventTime()));
        return new TargetTables(stream.raw(), stream.typed(), row);
    }

    /** Where late records go that are not to be among the others. */
    TableName aside() {
        return new TableName(raw.schema(), raw.name() + "_late");
    }
}
