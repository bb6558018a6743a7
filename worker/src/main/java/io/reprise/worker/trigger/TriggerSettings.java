package io.reprise.worker.trigger;

import io.reprise.db.run.OrderRule;
import io.reprise.worker.shared.Topic;
import java.time.Duration;

/**
 * One trigger.
 *
 * @param group the consumer group: explicit, so that it stays the same
 * @param order what a run waits for among the runs of its key
 * @param batch most records in one transaction of the ledger
 * @param session how long the partitions of a lost worker stay with it
 */
public record TriggerSettings(String name, Topic topic, String group, OrderRule order, int batch, Duration session) {

    public static TriggerSettings of(String name, Topic topic, OrderRule order) {
        return new TriggerSettings(name, topic, "reprise." + name, order, 200, Duration.ofSeconds(8));
    }
}
