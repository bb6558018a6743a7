package io.reprise.worker.stream;

import io.reprise.activities.stream.LateRule;
import io.reprise.activities.stream.StormRule;
import io.reprise.activities.stream.TargetTables;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.stream.StreamDefinition;
import java.time.Duration;
import java.util.Optional;

/** What a definition asks of the loop. */
final class StreamParts {

    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final Duration SESSION = Duration.ofSeconds(8);

    private StreamParts() {}

    static StreamSettings settings(StreamDefinition stream, Optional<ContractDefinition> contract) {
        return new StreamSettings(
                stream.name().value(),
                stream.topic(),
                stream.group(),
                stream.connection().value(),
                () -> TargetTables.of(stream, contract),
                LateRule.of(stream),
                new StormRule(stream.stormPercent(), stream.stormLeast()),
                new StreamSettings.BatchLimits(stream.batchRecords(), MOST_BYTES, stream.batchAge()),
                stream.recordsPerSecond(),
                stream.unknownSchema(),
                stream.lost() == StreamDefinition.Lost.CONTINUE,
                stream.startAt() == StreamDefinition.StartAt.LATEST,
                SESSION);
    }
}
