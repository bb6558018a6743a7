package io.reprise.db.pipeline;

import static io.reprise.db.ledger.Tables.APPLIED_DEFINITION;
import static io.reprise.db.ledger.Tables.BACKFILL;
import static io.reprise.db.ledger.Tables.CATALOG_STATE;
import static io.reprise.db.ledger.Tables.DEFINITION;
import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.selectOne;

import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** The definitions that runs are made from. A text never changes; what is current under a name does. */
public final class Definitions {

    private final DSLContext sql;
    private final Clock clock;

    public Definitions(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    public Optional<Definition> byHash(String hash) {
        return sql.selectFrom(DEFINITION).where(DEFINITION.HASH.eq(hash)).fetchOptional(Definitions::definition);
    }

    /** What new runs of that name are made from. */
    public Optional<Definition> current(String kind, String name) {
        return sql.select(DEFINITION.fields())
                .from(DEFINITION)
                .join(APPLIED_DEFINITION)
                .on(APPLIED_DEFINITION.HASH.eq(DEFINITION.HASH))
                .where(APPLIED_DEFINITION.KIND.eq(kind))
                .and(APPLIED_DEFINITION.NAME.eq(name))
                .and(APPLIED_DEFINITION.REMOVED_AT.isNull())
                .fetchOptional(Definitions::definition);
    }

    /** All that is current of a kind, by name: as many as the catalog has. */
    public List<Definition> current(String kind) {
        return sql.select(DEFINITION.fields())
                .from(DEFINITION)
                .join(APPLIED_DEFINITION)
                .on(APPLIED_DEFINITION.HASH.eq(DEFINITION.HASH))
                .where(APPLIED_DEFINITION.KIND.eq(kind))
                .and(APPLIED_DEFINITION.REMOVED_AT.isNull())
                .orderBy(APPLIED_DEFINITION.NAME)
                .fetch(Definitions::definition);
    }

    /** The same, a page at a time. */
    public NamedPage<Definition> page(String kind, NamedPageRequest request) {
        return NamedPage.of(
                sql.select(DEFINITION.fields())
                        .from(DEFINITION)
                        .join(APPLIED_DEFINITION)
                        .on(APPLIED_DEFINITION.HASH.eq(DEFINITION.HASH))
                        .where(APPLIED_DEFINITION.KIND.eq(kind))
                        .and(APPLIED_DEFINITION.NAME.gt(request.above()))
                        .and(APPLIED_DEFINITION.REMOVED_AT.isNull())
                        .orderBy(APPLIED_DEFINITION.NAME)
                        .limit(request.probe())
                        .fetch(Definitions::definition),
                request.size(),
                Definition::name);
    }

    /** Connections that the catalog has no more while runs that are open have steps on them: each as it was last. */
    public List<Definition> removedConnectionsInUse() {
        var now = APPLIED_DEFINITION.as("now");
        var made = DEFINITION.as("made");
        Field<String> named = concat(inline("\"connection\":\""), APPLIED_DEFINITION.NAME, inline("\""));
        return sql.select(DEFINITION.fields())
                .distinctOn(APPLIED_DEFINITION.NAME)
                .from(DEFINITION)
                .join(APPLIED_DEFINITION)
                .on(APPLIED_DEFINITION.HASH.eq(DEFINITION.HASH))
                .where(APPLIED_DEFINITION.KIND.eq("connection"))
                .and(APPLIED_DEFINITION.REMOVED_AT.isNotNull())
                .and(notExists(selectOne()
                        .from(now)
                        .where(now.KIND.eq(APPLIED_DEFINITION.KIND))
                        .and(now.NAME.eq(APPLIED_DEFINITION.NAME))
                        .and(now.REMOVED_AT.isNull())))
                .and(exists(selectOne()
                        .from(RUN)
                        .join(made)
                        .on(made.HASH.eq(RUN.DEFINITION_HASH))
                        .where(RUN.ENDED_AT.isNull())
                        .and(position(made.TEXT, named).gt(0))))
                .orderBy(APPLIED_DEFINITION.NAME, APPLIED_DEFINITION.SEQ.desc())
                .fetch(Definitions::definition);
    }

    /** What was current under a name at an instant: the definition that a run of then was made from. */
    public Optional<Definition> asOf(String kind, String name, Instant instant) {
        return sql.select(DEFINITION.fields())
                .from(DEFINITION)
                .join(APPLIED_DEFINITION)
                .on(APPLIED_DEFINITION.HASH.eq(DEFINITION.HASH))
                .where(APPLIED_DEFINITION.KIND.eq(kind))
                .and(APPLIED_DEFINITION.NAME.eq(name))
                .and(APPLIED_DEFINITION.APPLIED_AT.le(instant))
                .and(APPLIED_DEFINITION.REMOVED_AT.isNull().or(APPLIED_DEFINITION.REMOVED_AT.gt(instant)))
                .orderBy(APPLIED_DEFINITION.SEQ.desc())
                .limit(1)
                .fetchOptional(Definitions::definition);
    }

    /** What a name was from when to when, the newest first. */
    public Page<AppliedDefinition> history(String kind, String name, PageRequest request) {
        return request.of(
                sql.selectFrom(APPLIED_DEFINITION)
                        .where(APPLIED_DEFINITION.KIND.eq(kind))
                        .and(APPLIED_DEFINITION.NAME.eq(name))
                        .and(APPLIED_DEFINITION.SEQ.lt(request.below()))
                        .orderBy(APPLIED_DEFINITION.SEQ.desc())
                        .limit(request.probe())
                        .fetch(Definitions::applied),
                AppliedDefinition::seq);
    }

    /** Rises with every change: whoever follows the catalog asks for this first. */
    public long revision() {
        return sql.select(CATALOG_STATE.REVISION)
                .from(CATALOG_STATE)
                .fetchSingle()
                .value1();
    }

    /** What {@link #apply} would change now. */
    public CatalogPlan plan(NewCatalog catalog) {
        return sql.transactionResult(all -> new CatalogChange(all.dsl(), catalog).plan());
    }

    /**
     * Makes what the catalog says current and nothing else, all at once.
     *
     * @param expected the revision of a plan, where nothing else than that plan is meant
     */
    public CatalogApplied apply(NewCatalog catalog, String actor, OptionalLong expected) {
        return sql.transactionResult(
                all -> new CatalogChange(all.dsl(), catalog).apply(actor, clock.instant(), expected));
    }

    /** Forgets what is not current since then and has no run any more. */
    public int forgetRemovedBefore(Instant firstKept) {
        return sql.transactionResult(all -> {
            all.dsl()
                    .deleteFrom(APPLIED_DEFINITION)
                    .where(APPLIED_DEFINITION.REMOVED_AT.lt(firstKept))
                    .and(notExists(selectOne().from(RUN).where(RUN.DEFINITION_HASH.eq(APPLIED_DEFINITION.HASH))))
                    .execute();
            return all.dsl()
                    .deleteFrom(DEFINITION)
                    .where(DEFINITION.CREATED_AT.lt(firstKept))
                    .and(notExists(
                            selectOne().from(APPLIED_DEFINITION).where(APPLIED_DEFINITION.HASH.eq(DEFINITION.HASH))))
                    .and(notExists(selectOne().from(RUN).where(RUN.DEFINITION_HASH.eq(DEFINITION.HASH))))
                    .and(notExists(selectOne().from(BACKFILL).where(BACKFILL.DEFINITION_HASH.eq(DEFINITION.HASH))))
                    .execute();
        });
    }

    private static Definition definition(Record row) {
        return new Definition(
                row.get(DEFINITION.HASH),
                row.get(DEFINITION.KIND),
                row.get(DEFINITION.NAME),
                row.get(DEFINITION.TEXT),
                row.get(DEFINITION.CREATED_AT));
    }

    private static AppliedDefinition applied(Record row) {
        return new AppliedDefinition(
                row.get(APPLIED_DEFINITION.SEQ),
                row.get(APPLIED_DEFINITION.KIND),
                row.get(APPLIED_DEFINITION.NAME),
                row.get(APPLIED_DEFINITION.HASH),
                row.get(APPLIED_DEFINITION.APPLIED_AT),
                row.get(APPLIED_DEFINITION.APPLIED_BY),
                Optional.ofNullable(row.get(APPLIED_DEFINITION.REMOVED_AT)),
                Optional.ofNullable(row.get(APPLIED_DEFINITION.REMOVED_BY)));
    }
}
