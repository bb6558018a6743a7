package io.reprise.activities.order;

import java.util.TreeMap;

/** The events of one order by version, as the log and the outbox told them. */
final class OrderHistory {

    private final TreeMap<Long, OrderEvent> byVersion = new TreeMap<>();

    /** Answers false where another event of the same version is there; the same event may come any number of times. */
    boolean add(OrderEvent event) {
        OrderEvent there = byVersion.putIfAbsent(event.version(), event);
        return there == null || there.eventId().equals(event.eventId());
    }

    /** What the events say up to a version; events after it had not happened when the tables were read. */
    RebuiltOrder upTo(long version) {
        RebuiltOrder rebuilt = RebuiltOrder.NOTHING;
        for (OrderEvent event : byVersion.headMap(version, true).values()) {
            rebuilt = rebuilt.after(event);
        }
        return rebuilt;
    }

    long lastVersion() {
        return byVersion.isEmpty() ? 0 : byVersion.lastKey();
    }
}
