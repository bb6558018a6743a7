package io.reprise.activities.stream;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The columns that a contract's newest version asks for, and where among them the time of the event stands. */
public final class TypedRow {

    private final Schema schema;
    private final List<TypedColumn> columns;
    private final Optional<TimestampWriter> eventTime;

    private TypedRow(Schema schema, List<TypedColumn> columns, Optional<TimestampWriter> eventTime) {
        this.schema = schema;
        this.columns = List.copyOf(columns);
        this.eventTime = eventTime;
    }

    /**
     * Refuses what no table can be made of.
     *
     * @param eventTime the field that says when it happened
     */
    public static TypedRow of(Schema schema, Optional<String> eventTime) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("cannot make columns of " + schema.getType() + " " + schema.getFullName()
                    + " (expected: a record)");
        }
        List<TypedColumn> columns =
                schema.getFields().stream().map(ColumnWriters::column).toList();
        long names = columns.stream().map(TypedColumn::name).distinct().count();
        if (names < columns.size()) {
            throw new IllegalArgumentException("cannot make columns of " + schema.getFullName()
                    + ": two of its fields have one name in a table (expected: names that differ in more than case)");
        }
        return new TypedRow(schema, columns, eventTime.map(field -> moment(schema, columns, field)));
    }

    private static TimestampWriter moment(Schema schema, List<TypedColumn> columns, String field) {
        ColumnWriter writer = columns.stream()
                .filter(column -> column.field().equals(field))
                .map(TypedColumn::writer)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("cannot take the event time from '" + field
                        + "' (expected: a field of " + schema.getFullName() + ")"));
        ColumnWriter inner = writer instanceof ColumnWriters.Optionally optionally ? optionally.value() : writer;
        if (inner instanceof TimestampWriter timestamp) {
            return timestamp;
        }
        throw new IllegalArgumentException("cannot take the event time from '" + field + "', which is "
                + schema.getField(field).schema() + " (expected: a timestamp-millis, -micros or -nanos)");
    }

    Schema schema() {
        return schema;
    }

    List<TypedColumn> columns() {
        return columns;
    }

    Optional<TimestampWriter> eventTime() {
        return eventTime;
    }
}
