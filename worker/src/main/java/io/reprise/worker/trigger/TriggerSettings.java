package io.reprise.worker.trigger;

import java.time.Duration;

/**
 * How a topic is read.
 *
 * @param group the consumer group: explicit, so that it stays the same
 * @param batch most records in one transaction of the ledger
 * @param session how long the partitions of a lost worker stay with it
 */
record TriggerSettings(String topic, String group, int batch, Duration session) {

    static TriggerSettings of(String topic, String group) {
        return new TriggerSettings(topic, group, 200, Duration.ofSeconds(8));
    }
}
