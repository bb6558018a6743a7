package io.reprise.db.contract;

import static io.reprise.db.ledger.Tables.CONTRACT_SCHEMA;
import static io.reprise.db.ledger.Tables.CONTRACT_VERSION;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Schemas by number. */
public final class Schemas {

    private final DSLContext sql;
    private final Clock clock;

    public Schemas(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public Optional<RegisteredSchema> byId(int id) {
        return one(CONTRACT_SCHEMA.ID.eq(id));
    }

    public Optional<RegisteredSchema> byGuid(UUID guid) {
        return one(CONTRACT_SCHEMA.GUID.eq(guid));
    }

    public Optional<RegisteredSchema> like(NewSchema schema) {
        return one(CONTRACT_SCHEMA.HASH.eq(schema.hash()));
    }

    /** The schema under its number, which it is given where it has none. A number may be lost, but never given twice. */
    RegisteredSchema keep(NewSchema schema) {
        return like(schema).orElseGet(() -> {
            sql.insertInto(CONTRACT_SCHEMA)
                    .set(CONTRACT_SCHEMA.GUID, schema.guid())
                    .set(CONTRACT_SCHEMA.HASH, schema.hash())
                    .set(CONTRACT_SCHEMA.TEXT, schema.text())
                    .set(CONTRACT_SCHEMA.CREATED_AT, clock.instant())
                    .onConflict(CONTRACT_SCHEMA.HASH)
                    .doNothing()
                    .execute();
            return like(schema).orElseThrow();
        });
    }

    /** Where it is registered, by subject and version. */
    public List<RegisteredVersion> versionsOf(int id, boolean withDeleted) {
        return sql.select(CONTRACT_VERSION.fields())
                .select(CONTRACT_SCHEMA.fields())
                .from(CONTRACT_VERSION)
                .join(CONTRACT_SCHEMA)
                .on(CONTRACT_SCHEMA.ID.eq(CONTRACT_VERSION.SCHEMA_ID))
                .where(CONTRACT_VERSION.SCHEMA_ID.eq(id))
                .and(Subjects.alive(withDeleted))
                .orderBy(CONTRACT_VERSION.SUBJECT, CONTRACT_VERSION.VERSION)
                .fetch(Subjects::version);
    }

    private Optional<RegisteredSchema> one(Condition condition) {
        return sql.selectFrom(CONTRACT_SCHEMA).where(condition).fetchOptional(Schemas::schema);
    }

    static RegisteredSchema schema(Record row) {
        return new RegisteredSchema(
                row.get(CONTRACT_SCHEMA.ID), row.get(CONTRACT_SCHEMA.GUID), row.get(CONTRACT_SCHEMA.TEXT));
    }
}
