package io.reprise.activities.stream;

import org.apache.kafka.common.Uuid;

/**
 * One log of a topic. A topic that was deleted and created again has another id; a log that was exchanged under the same id, and
 * let count by an operator, has the next number.
 */
public record StreamLog(String clusterId, String topic, Uuid topicId, int number) {

    private static final String NUMBER = "~";

    /** The one that a dead letter names. Of its cluster a letter says nothing. */
    public static StreamLog of(String topic, String id) {
        int number = id.indexOf(NUMBER);
        return number < 0
                ? new StreamLog("", topic, Uuid.fromString(id), 1)
                : new StreamLog(
                        "",
                        topic,
                        Uuid.fromString(id.substring(0, number)),
                        Integer.parseInt(id.substring(number + 1)));
    }

    /** As dead letters name it. */
    public String id() {
        return number == 1 ? topicId.toString() : topicId + NUMBER + number;
    }
}
