package io.reprise.db.trigger;

/**
 * One log of a topic, as positions, inbox and dead letters name it. A topic that is created again has another id; a topic
 * whose log was exchanged under the same id, and let count by an operator, has the next number.
 *
 * @param topicId Kafka's own id of the topic
 */
public record TopicLog(String topicId, int number) {

    private static final String NUMBER = "~";

    public TopicLog {
        if (topicId.contains(NUMBER) || number < 1) {
            throw new IllegalArgumentException("cannot name log " + number + " of topic '" + topicId
                    + "' (expected: a number from 1 on and an id of Kafka's)");
        }
    }

    static TopicLog of(String id) {
        int split = id.indexOf(NUMBER);
        return split < 0
                ? new TopicLog(id, 1)
                : new TopicLog(id.substring(0, split), Integer.parseInt(id.substring(split + 1)));
    }

    public String id() {
        return number == 1 ? topicId : topicId + NUMBER + number;
    }
}
