package io.reprise.worker.trigger;

import io.reprise.catalog.trigger.StartAt;
import io.reprise.db.run.OrderRule;

/**
 * A trigger as a reader serves it.
 *
 * @param definition its text, which other processes read its dead letters by
 * @param version differs where its records would be read otherwise
 */
record ServedTrigger(
        String name, OrderRule order, StartAt startAt, String definition, String version, RecordReader reader) {

    boolean readsAs(ServedTrigger other) {
        return name.equals(other.name) && version.equals(other.version);
    }
}
