package io.reprise.worker.order;

import io.reprise.worker.shared.Topic;

/** The topics of orders. Partitions are many from the start: adding some later would tear the order of keys. */
public final class OrderTopics {

    /** Orders to place. */
    public static final Topic PLACED = Topic.of("shop.orders.placed", 12);

    /** What happened to orders, all of it, for ever: their state can be rebuilt from it. */
    public static final Topic EVENTS = Topic.keptForever("shop.orders.events", 12);

    private OrderTopics() {}
}
