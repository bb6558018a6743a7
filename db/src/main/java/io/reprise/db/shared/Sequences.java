package io.reprise.db.shared;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Moves the sequences behind identity columns forward. */
public final class Sequences {

    private final DSLContext sql;

    public Sequences(DSLContext sql) {
        this.sql = sql;
    }

    /** The column's next value will be above the given one, and above every value given out. */
    public void raise(Table<?> table, Field<Long> column, long above) {
        Field<String> sequence = function(
                DSL.name("pg_get_serial_sequence"),
                SQLDataType.VARCHAR,
                inline(table.getQualifiedName().toString()),
                inline(column.getName()));
        Field<Long> next = function(DSL.name("nextval"), SQLDataType.BIGINT, sequence);
        sql.select(function(DSL.name("setval"), SQLDataType.BIGINT, sequence, greatest(next, val(above))))
                .fetch();
    }
}
