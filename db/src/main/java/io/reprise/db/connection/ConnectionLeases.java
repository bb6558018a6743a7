package io.reprise.db.connection;

import static io.reprise.db.ledger.Tables.CONNECTION_LEASE;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Table;

/**
 * Who in the cluster may use a connection, and how often at once. A place is held until its lease ends; then anyone may take
 * it over, and its former holder finds that out when it renews.
 */
public final class ConnectionLeases {

    private final DSLContext sql;
    private final Clock clock;

    public ConnectionLeases(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Takes places that nobody holds, as many as there are of those wanted. Of two that ask at once each gets others.
     *
     * @param limit how many places the connection has
     */
    public SortedSet<Integer> take(String connection, int limit, String holder, int wanted, Duration length) {
        if (wanted <= 0) {
            return new TreeSet<>();
        }
        SortedSet<Integer> taken = free(connection, limit, holder, wanted, length);
        if (taken.size() < wanted && makePlaces(connection, limit) > 0) {
            taken.addAll(free(connection, limit, holder, wanted - taken.size(), length));
        }
        return taken;
    }

    private SortedSet<Integer> free(String connection, int limit, String holder, int wanted, Duration length) {
        Instant now = clock.instant();
        return new TreeSet<>(sql.update(CONNECTION_LEASE)
                .set(CONNECTION_LEASE.HOLDER, holder)
                .set(CONNECTION_LEASE.HELD_UNTIL, now.plus(length))
                .where(CONNECTION_LEASE.CONNECTION.eq(connection))
                .and(CONNECTION_LEASE.PLACE.in(select(CONNECTION_LEASE.PLACE)
                        .from(CONNECTION_LEASE)
                        .where(CONNECTION_LEASE.CONNECTION.eq(connection))
                        .and(CONNECTION_LEASE.PLACE.le(limit))
                        .and(CONNECTION_LEASE.HOLDER.isNull().or(CONNECTION_LEASE.HELD_UNTIL.le(now)))
                        .orderBy(CONNECTION_LEASE.PLACE)
                        .limit(wanted)
                        .forUpdate()
                        .skipLocked()))
                .returning(CONNECTION_LEASE.PLACE)
                .fetch(CONNECTION_LEASE.PLACE));
    }

    private int makePlaces(String connection, int limit) {
        Table<Record1<Integer>> numbers = generateSeries(1, limit).as("numbers", "place");
        Field<Integer> number = numbers.field(0, Integer.class);
        return sql.insertInto(CONNECTION_LEASE, CONNECTION_LEASE.CONNECTION, CONNECTION_LEASE.PLACE)
                .select(select(val(connection), number).from(numbers))
                .onConflictDoNothing()
                .execute();
    }

    /** Answers the places that the holder still has; those above a limit that was lowered are given back. */
    public SortedSet<Integer> renew(String connection, int limit, String holder, Duration length) {
        sql.deleteFrom(CONNECTION_LEASE)
                .where(CONNECTION_LEASE.CONNECTION.eq(connection))
                .and(CONNECTION_LEASE.PLACE.gt(limit))
                .and(CONNECTION_LEASE.HOLDER.eq(holder))
                .execute();
        return new TreeSet<>(sql.update(CONNECTION_LEASE)
                .set(CONNECTION_LEASE.HELD_UNTIL, clock.instant().plus(length))
                .where(CONNECTION_LEASE.CONNECTION.eq(connection))
                .and(CONNECTION_LEASE.HOLDER.eq(holder))
                .returning(CONNECTION_LEASE.PLACE)
                .fetch(CONNECTION_LEASE.PLACE));
    }

    /** Gives places back that the holder still has. */
    public void release(String connection, String holder, Collection<Integer> places) {
        sql.update(CONNECTION_LEASE)
                .setNull(CONNECTION_LEASE.HOLDER)
                .setNull(CONNECTION_LEASE.HELD_UNTIL)
                .where(CONNECTION_LEASE.CONNECTION.eq(connection))
                .and(CONNECTION_LEASE.HOLDER.eq(holder))
                .and(CONNECTION_LEASE.PLACE.in(places))
                .execute();
    }

    /** How many places each holder has now. */
    public SortedMap<String, Integer> held(String connection) {
        SortedMap<String, Integer> held = new TreeMap<>();
        sql.select(CONNECTION_LEASE.HOLDER)
                .from(CONNECTION_LEASE)
                .where(CONNECTION_LEASE.CONNECTION.eq(connection))
                .and(CONNECTION_LEASE.HELD_UNTIL.gt(clock.instant()))
                .fetch(CONNECTION_LEASE.HOLDER)
                .forEach(holder -> held.merge(holder, 1, Integer::sum));
        return held;
    }
}
