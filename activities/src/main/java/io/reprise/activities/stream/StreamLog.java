package io.reprise.activities.stream;

import org.apache.kafka.common.Uuid;

/**
 * One log of a topic. A topic that was deleted and created again has another id; a log that was exchanged under the same id, and
 * let count by an operator, has the next number.
 */
public record StreamLog(String clusterId, String topic, Uuid topicId, int number) {

    /** As dead letters name it. */
    public String id() {
        return number == 1 ? topicId.toString() : topicId + "~" + number;
    }
}
