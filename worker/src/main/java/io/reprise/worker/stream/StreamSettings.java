package io.reprise.worker.stream;

import io.reprise.activities.stream.LateRule;
import io.reprise.activities.stream.StormRule;
import io.reprise.activities.stream.StreamLog;
import io.reprise.activities.stream.StreamTarget;
import io.reprise.activities.stream.TargetTables;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One stream.
 *
 * @param group the consumer group: explicit, so that it stays the same
 * @param tables made anew for each reader, for their columns keep what decoding needs
 * @param unknownSchema how long a schema that nobody knows is waited for
 * @param goOnBehindLoss whether records that Kafka deleted before they were loaded are passed and counted, or stop the stream
 * @param fromEnd whether a partition in which the stream has never been is read from its end
 */
public record StreamSettings(
        String name,
        String topic,
        String group,
        String connection,
        Supplier<TargetTables> tables,
        LateRule late,
        StormRule storms,
        BatchLimits batch,
        Optional<Integer> recordsPerSecond,
        Duration unknownSchema,
        boolean goOnBehindLoss,
        boolean fromEnd,
        Duration session) {

    /** When a batch is loaded: when it has so many records, so many bytes, or is so old. */
    public record BatchLimits(int records, long bytes, Duration age) {}

    StreamTarget target(StreamLog log) {
        return new StreamTarget(name, log, tables.get(), late);
    }

    /** As dead letters name it: no trigger can be called so. */
    String source() {
        return "stream/" + name;
    }
}
