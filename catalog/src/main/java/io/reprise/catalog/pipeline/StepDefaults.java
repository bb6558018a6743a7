package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlNumbers;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What holds for steps that say nothing of it. */
record StepDefaults(Optional<String> connection, Retry retry, Duration timeout) {

    static final List<String> KEYS = List.of("connection", "retry", "timeout");
    static final List<String> RETRY_KEYS = List.of("attempts", "first", "factor", "max");

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    static final int MOST_ATTEMPTS = 1_000;

    static final StepDefaults USUAL = new StepDefaults(
            Optional.empty(), new Retry(3, Duration.ofSeconds(1), 2, Duration.ofMinutes(1)), Duration.ofMinutes(10));

    static StepDefaults read(YamlObject pipeline, PipelineSource source) {
        return pipeline.member("defaults")
                .flatMap(value -> value.object(KEYS))
                .map(fields -> new StepDefaults(
                        fields.member("connection").flatMap(source::connection),
                        USUAL.retryOf(fields),
                        USUAL.timeoutOf(fields)))
                .orElse(USUAL);
    }

    Duration timeoutOf(YamlObject fields) {
        return fields.duration("timeout", SHORTEST, LONGEST).orElse(timeout);
    }

    Retry retryOf(YamlObject fields) {
        return fields.member("retry")
                .flatMap(value -> value.object(RETRY_KEYS))
                .map(this::read)
                .orElse(retry);
    }

    private Retry read(YamlObject fields) {
        int attempts = fields.integer("attempts", 1, MOST_ATTEMPTS).orElse(retry.attempts());
        Optional<Duration> written = fields.duration("max", SHORTEST, LONGEST);
        Duration first = fields.duration("first", SHORTEST, LONGEST).orElse(retry.first());
        double factor = fields.number("factor", 1, 100).orElse(retry.factor());
        Duration longest = written.orElse(retry.longest());
        if (longest.compareTo(first) < 0) {
            YamlValue at = fields.key(written.isPresent() ? "max" : "first");
            if (written.isPresent() || first.compareTo(retry.longest()) > 0) {
                at.refuse(
                        "delays from " + YamlNumbers.written(first) + " up to " + YamlNumbers.written(longest),
                        "a max that is not below the first");
            }
            return new Retry(attempts, first, factor, first);
        }
        return new Retry(attempts, first, factor, longest);
    }
}
