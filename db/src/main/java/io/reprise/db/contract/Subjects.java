package io.reprise.db.contract;

import static io.reprise.db.ledger.Tables.CONTRACT_SCHEMA;
import static io.reprise.db.ledger.Tables.CONTRACT_SUBJECT;
import static io.reprise.db.ledger.Tables.CONTRACT_VERSION;
import static org.jooq.impl.DSL.noCondition;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Schemas under the names of subjects, version by version. Who writes to a subject holds its row, so that one comes after another. */
public final class Subjects {

    private final DSLContext sql;
    private final Clock clock;
    private final Schemas schemas;

    public Subjects(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.schemas = new Schemas(sql, clock);
    }

    /** Names that have a version, by name. */
    public List<String> names(boolean withDeleted) {
        return sql.selectDistinct(CONTRACT_VERSION.SUBJECT)
                .from(CONTRACT_VERSION)
                .where(alive(withDeleted))
                .orderBy(CONTRACT_VERSION.SUBJECT)
                .fetch(CONTRACT_VERSION.SUBJECT);
    }

    /** In order. */
    public List<RegisteredVersion> versions(String subject, boolean withDeleted) {
        return versions(sql, subject, withDeleted);
    }

    private static List<RegisteredVersion> versions(DSLContext open, String subject, boolean withDeleted) {
        return open.select(CONTRACT_VERSION.fields())
                .select(CONTRACT_SCHEMA.fields())
                .from(CONTRACT_VERSION)
                .join(CONTRACT_SCHEMA)
                .on(CONTRACT_SCHEMA.ID.eq(CONTRACT_VERSION.SCHEMA_ID))
                .where(CONTRACT_VERSION.SUBJECT.eq(subject))
                .and(alive(withDeleted))
                .orderBy(CONTRACT_VERSION.VERSION)
                .fetch(Subjects::version);
    }

    /**
     * Registers a schema as the next version, unless it is one already.
     *
     * @param objections to the versions that are alive, in order; none where the schema goes with them
     */
    public Registration register(
            String subject, NewSchema schema, Function<List<RegisteredVersion>, List<String>> objections) {
        RegisteredSchema kept = schemas.keep(schema);
        return sql.transactionResult(both -> {
            DSLContext open = both.dsl();
            int last = lock(open, subject);
            List<RegisteredVersion> alive = versions(open, subject, false);
            Optional<RegisteredVersion> there = alive.stream()
                    .filter(version -> version.schema().id() == kept.id())
                    .findFirst();
            if (there.isPresent()) {
                return new Registration.Registered(there.get());
            }
            List<String> objected = objections.apply(alive);
            if (!objected.isEmpty()) {
                return new Registration.Objected(objected);
            }
            return new Registration.Registered(add(open, subject, last + 1, kept));
        });
    }

    /** Registers a schema as that very version, which a catalog says that it is. */
    public Registration pin(String subject, int version, NewSchema schema) {
        RegisteredSchema kept = schemas.keep(schema);
        return sql.transactionResult(both -> {
            DSLContext open = both.dsl();
            lock(open, subject);
            Optional<RegisteredVersion> there = versions(open, subject, true).stream()
                    .filter(it -> it.version() == version)
                    .findFirst();
            if (there.isEmpty()) {
                Optional<RegisteredVersion> elsewhere = versions(open, subject, false).stream()
                        .filter(it -> it.schema().id() == kept.id())
                        .findFirst();
                return elsewhere
                        .<Registration>map(Registration.Drifted::new)
                        .orElseGet(() -> new Registration.Registered(add(open, subject, version, kept)));
            }
            return there.get().schema().id() == kept.id()
                    ? new Registration.Registered(there.get())
                    : new Registration.Drifted(there.get());
        });
    }

    /** Deletes versions softly; those that were are left as they are. */
    public void delete(String subject, List<Integer> versions) {
        sql.update(CONTRACT_VERSION)
                .set(CONTRACT_VERSION.DELETED_AT, clock.instant())
                .where(CONTRACT_VERSION.SUBJECT.eq(subject))
                .and(CONTRACT_VERSION.VERSION.in(versions))
                .and(CONTRACT_VERSION.DELETED_AT.isNull())
                .execute();
    }

    /** Forgets versions that were deleted softly. Their schemas keep their numbers, for records name them. */
    public void forget(String subject, List<Integer> versions) {
        sql.deleteFrom(CONTRACT_VERSION)
                .where(CONTRACT_VERSION.SUBJECT.eq(subject))
                .and(CONTRACT_VERSION.VERSION.in(versions))
                .and(CONTRACT_VERSION.DELETED_AT.isNotNull())
                .execute();
    }

    /** Its highest version so far. */
    private static int lock(DSLContext open, String subject) {
        open.insertInto(CONTRACT_SUBJECT)
                .set(CONTRACT_SUBJECT.SUBJECT, subject)
                .onConflictDoNothing()
                .execute();
        return open.select(CONTRACT_SUBJECT.LAST_VERSION)
                .from(CONTRACT_SUBJECT)
                .where(CONTRACT_SUBJECT.SUBJECT.eq(subject))
                .forUpdate()
                .fetchSingle()
                .value1();
    }

    private RegisteredVersion add(DSLContext open, String subject, int version, RegisteredSchema schema) {
        open.insertInto(CONTRACT_VERSION)
                .set(CONTRACT_VERSION.SUBJECT, subject)
                .set(CONTRACT_VERSION.VERSION, version)
                .set(CONTRACT_VERSION.SCHEMA_ID, schema.id())
                .set(CONTRACT_VERSION.REGISTERED_AT, clock.instant())
                .execute();
        open.update(CONTRACT_SUBJECT)
                .set(CONTRACT_SUBJECT.LAST_VERSION, version)
                .where(CONTRACT_SUBJECT.SUBJECT.eq(subject))
                .and(CONTRACT_SUBJECT.LAST_VERSION.lt(version))
                .execute();
        return new RegisteredVersion(subject, version, schema, false);
    }

    static Condition alive(boolean withDeleted) {
        return withDeleted ? noCondition() : CONTRACT_VERSION.DELETED_AT.isNull();
    }

    static RegisteredVersion version(Record row) {
        return new RegisteredVersion(
                row.get(CONTRACT_VERSION.SUBJECT),
                row.get(CONTRACT_VERSION.VERSION),
                Schemas.schema(row),
                row.get(CONTRACT_VERSION.DELETED_AT) != null);
    }
}
