package io.reprise.activities.order;

/** What {@code create-order} records: the version that the order got. */
record Placed(long version) {}
