package io.reprise.worker.shared;

import java.util.Map;

/** A topic as it is created where it is missing, and as it should be where it is there. */
public record Topic(String name, int partitions, Map<String, String> configuration) {

    public Topic {
        configuration = Map.copyOf(configuration);
    }

    public static Topic of(String name, int partitions) {
        return new Topic(name, partitions, Map.of());
    }

    /** A log that is never shortened: state can be rebuilt from all of it. */
    public static Topic keptForever(String name, int partitions) {
        return new Topic(
                name, partitions, Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));
    }
}
