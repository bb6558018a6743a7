package io.reprise.activities.saga;

/**
 * An event that leaves with the step which caused it.
 *
 * @param key what the topic is partitioned by; events of one key arrive in the order of their versions
 * @param version drawn under the lock of the row that the key stands for
 */
public record OutboxEvent(String topic, String key, long version, String eventId, String payload) {

    /** Number of shards that relays share out. Fixed: changing it would move keys between shards. */
    public static final int SHARDS = 4;

    short shard() {
        return (short) Math.floorMod(key.hashCode(), SHARDS);
    }
}
