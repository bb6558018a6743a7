package io.reprise.worker.pipeline;

import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.db.connection.ConnectionLeases;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The places of one connection that this worker leases, so that all workers together use no more sessions than its limit. A
 * worker takes as many as its pool may have, and another one what is left.
 */
final class HeldPlaces {

    private static final Duration LEASE = Duration.ofSeconds(6);

    private final ConnectionLeases leases;
    private final ConnectionDefinition connection;
    private final String holder;
    private final Places places;
    private SortedSet<Integer> held = new TreeSet<>();

    HeldPlaces(ConnectionLeases leases, ConnectionDefinition connection, String holder, Places places) {
        this.leases = leases;
        this.connection = connection;
        this.holder = holder;
        this.places = places;
    }

    /** To be called several times within a lease. While the ledger is away, what was held last counts on. */
    void renew() {
        String name = connection.name().value();
        SortedSet<Integer> kept = leases.renew(name, connection.limit(), holder, LEASE);
        SortedSet<Integer> more = leases.take(name, connection.limit(), holder, connection.pool() - kept.size(), LEASE);
        held = new TreeSet<>(kept);
        held.addAll(more);
        places.hold(Math.min(held.size(), connection.pool()));
    }

    void release() {
        places.hold(0);
        leases.release(connection.name().value(), holder, held);
    }
}
