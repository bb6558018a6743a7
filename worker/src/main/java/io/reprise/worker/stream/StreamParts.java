package io.reprise.worker.stream;

import io.reprise.activities.stream.LateRule;
import io.reprise.activities.stream.StormRule;
import io.reprise.activities.stream.TypedRow;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.stream.StreamDefinition;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/** What a definition asks of the loop. */
final class StreamParts {

    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final Duration SESSION = Duration.ofSeconds(8);

    private StreamParts() {}

    static StreamSettings settings(StreamDefinition stream, Optional<ContractDefinition> contract) {
        Optional<String> newest = contract.map(it -> it.newest().text());
        return new StreamSettings(
                stream.name().value(),
                stream.topic(),
                stream.group(),
                stream.connection().value(),
                stream.raw(),
                stream.typed(),
                () -> newest.map(text -> TypedRow.of(new Schema.Parser().parse(text), stream.eventTime())),
                new LateRule(stream.lateAfter(), policy(stream)),
                new StormRule(stream.stormPercent(), stream.stormLeast()),
                new StreamSettings.BatchLimits(stream.batchRecords(), MOST_BYTES, stream.batchAge()),
                stream.recordsPerSecond(),
                stream.unknownSchema(),
                stream.lost() == StreamDefinition.Lost.CONTINUE,
                stream.startAt() == StreamDefinition.StartAt.LATEST,
                SESSION);
    }

    private static LateRule.Policy policy(StreamDefinition stream) {
        return switch (stream.late()) {
            case MARK_DAY -> LateRule.Policy.MARK_DAY;
            case SIDE_TABLE -> LateRule.Policy.SIDE_TABLE;
            case DROP_COUNTED -> LateRule.Policy.DROP_COUNTED;
        };
    }
}
