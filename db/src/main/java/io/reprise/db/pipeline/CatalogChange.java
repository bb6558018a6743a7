package io.reprise.db.pipeline;

import static io.reprise.db.ledger.Tables.APPLIED_DEFINITION;
import static io.reprise.db.ledger.Tables.CATALOG_STATE;
import static io.reprise.db.ledger.Tables.DEFINITION;
import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.count;

import io.reprise.db.schedule.ScheduleChanges;
import io.reprise.db.shared.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;

/** The way from what is current to a catalog, inside one transaction. */
final class CatalogChange {

    private final DSLContext open;
    private final Map<Key, NewDefinition> wanted = new TreeMap<>();
    private final ScheduleChanges schedules;

    CatalogChange(DSLContext open, NewCatalog catalog) {
        this.open = open;
        this.schedules = new ScheduleChanges(open, catalog.schedules());
        for (NewDefinition definition : catalog.definitions()) {
            Key key = new Key(definition.kind(), definition.name());
            if (wanted.put(key, definition) != null) {
                throw new IllegalArgumentException("cannot apply two definitions of the " + key.kind() + " "
                        + key.name() + " (expected: one of each name)");
            }
        }
    }

    CatalogPlan plan() {
        long revision = open.select(CATALOG_STATE.REVISION)
                .from(CATALOG_STATE)
                .fetchSingle()
                .value1();
        List<DefinitionChange> changes = changes();
        return new CatalogPlan(revision, changes, schedules.plan(), olderRuns(changes));
    }

    /** The row of the catalog's state is locked first: changes wait for each other and see each other's end. */
    CatalogApplied apply(String actor, Instant now, OptionalLong expected) {
        long revision = open.select(CATALOG_STATE.REVISION)
                .from(CATALOG_STATE)
                .forUpdate()
                .fetchSingle()
                .value1();
        if (expected.isPresent() && expected.getAsLong() != revision) {
            return new CatalogApplied.Moved(expected.getAsLong(), revision);
        }
        CatalogPlan plan = plan();
        if (plan.changesNothing()) {
            return new CatalogApplied.Current(plan, revision);
        }
        keepTexts(plan, now);
        plan.definitions().forEach(it -> move(it, actor, now));
        schedules.apply(plan.schedules(), now);
        open.update(CATALOG_STATE)
                .set(CATALOG_STATE.REVISION, revision + 1)
                .set(CATALOG_STATE.CHANGED_AT, now)
                .set(CATALOG_STATE.CHANGED_BY, actor)
                .execute();
        return new CatalogApplied.Current(plan, revision + 1);
    }

    private List<DefinitionChange> changes() {
        Map<Key, String> current = open.select(
                        APPLIED_DEFINITION.KIND, APPLIED_DEFINITION.NAME, APPLIED_DEFINITION.HASH)
                .from(APPLIED_DEFINITION)
                .where(APPLIED_DEFINITION.REMOVED_AT.isNull())
                .fetchMap(it -> new Key(it.value1(), it.value2()), it -> it.value3());
        SortedSet<Key> keys = new TreeSet<>(current.keySet());
        keys.addAll(wanted.keySet());
        List<DefinitionChange> changes = new ArrayList<>();
        for (Key key : keys) {
            Optional<String> before = Optional.ofNullable(current.get(key));
            Optional<String> after = Optional.ofNullable(wanted.get(key)).map(NewDefinition::hash);
            changes.add(new DefinitionChange(key.kind(), key.name(), Effect.of(before, after), before, after));
        }
        return changes;
    }

    private List<OlderRuns> olderRuns(List<DefinitionChange> changes) {
        String[] current = changes.stream().flatMap(it -> it.after().stream()).toArray(String[]::new);
        return open.select(RUN.FEATURE, RUN.NAME, RUN.DEFINITION_HASH, count())
                .from(RUN)
                .where(RUN.ENDED_AT.isNull())
                .and(RUN.DEFINITION_HASH.isNotNull())
                .and(RUN.DEFINITION_HASH.notIn(current))
                .groupBy(RUN.FEATURE, RUN.NAME, RUN.DEFINITION_HASH)
                .orderBy(RUN.FEATURE, RUN.NAME, RUN.DEFINITION_HASH)
                .fetch(it -> new OlderRuns(it.value1(), it.value2(), it.value3(), it.value4()));
    }

    private void keepTexts(CatalogPlan plan, Instant now) {
        for (DefinitionChange change : plan.definitions()) {
            if (change.effect() == Effect.ADDED || change.effect() == Effect.CHANGED) {
                keepText(wanted(change), now);
            }
        }
    }

    private void keepText(NewDefinition definition, Instant now) {
        open.insertInto(DEFINITION)
                .set(DEFINITION.HASH, definition.hash())
                .set(DEFINITION.KIND, definition.kind())
                .set(DEFINITION.NAME, definition.name())
                .set(DEFINITION.TEXT, definition.text())
                .set(DEFINITION.CREATED_AT, now)
                .onConflictDoNothing()
                .execute();
        Key kept = open.select(DEFINITION.KIND, DEFINITION.NAME)
                .from(DEFINITION)
                .where(DEFINITION.HASH.eq(definition.hash()))
                .fetchSingle(it -> new Key(it.value1(), it.value2()));
        if (!kept.equals(new Key(definition.kind(), definition.name()))) {
            throw new IllegalArgumentException("cannot apply the " + definition.kind() + " " + definition.name()
                    + ": its text is that of the " + kept.kind() + " " + kept.name()
                    + " (expected: a text that tells its kind and name)");
        }
    }

    private void move(DefinitionChange change, String actor, Instant now) {
        switch (change.effect()) {
            case UNCHANGED -> {}
            case ADDED -> add(wanted(change), actor, now);
            case REMOVED -> remove(change, actor, now);
            case CHANGED -> {
                remove(change, actor, now);
                add(wanted(change), actor, now);
            }
        }
    }

    private void remove(DefinitionChange change, String actor, Instant now) {
        open.update(APPLIED_DEFINITION)
                .set(APPLIED_DEFINITION.REMOVED_AT, now)
                .set(APPLIED_DEFINITION.REMOVED_BY, actor)
                .where(APPLIED_DEFINITION.KIND.eq(change.kind()))
                .and(APPLIED_DEFINITION.NAME.eq(change.name()))
                .and(APPLIED_DEFINITION.REMOVED_AT.isNull())
                .execute();
    }

    private void add(NewDefinition definition, String actor, Instant now) {
        open.insertInto(APPLIED_DEFINITION)
                .set(APPLIED_DEFINITION.KIND, definition.kind())
                .set(APPLIED_DEFINITION.NAME, definition.name())
                .set(APPLIED_DEFINITION.HASH, definition.hash())
                .set(APPLIED_DEFINITION.APPLIED_AT, now)
                .set(APPLIED_DEFINITION.APPLIED_BY, actor)
                .execute();
    }

    private NewDefinition wanted(DefinitionChange change) {
        return Optional.ofNullable(wanted.get(new Key(change.kind(), change.name())))
                .orElseThrow();
    }

    private record Key(String kind, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : name.compareTo(other.name);
        }
    }
}
