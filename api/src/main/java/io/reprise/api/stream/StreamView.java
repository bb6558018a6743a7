package io.reprise.api.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.stream.StreamState;
import java.time.Instant;
import java.util.Optional;

/**
 * A stream.
 *
 * @param stopReason why nothing is loaded until an operator decides
 * @param asksFrom whether it has to be said where it goes on
 * @param lag of each partition
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StreamView(
        String name,
        String topic,
        String connection,
        String state,
        boolean paused,
        Optional<String> pausedReason,
        Optional<String> pausedBy,
        Optional<String> stopReason,
        boolean asksFrom,
        Optional<String> lastError,
        @JsonRawValue String lag,
        Instant updatedAt) {

    static StreamView of(StreamState state) {
        return new StreamView(
                state.stream(),
                state.topic(),
                state.connection(),
                state.state(),
                state.paused(),
                state.pausedReason(),
                state.pausedBy(),
                state.stopReason(),
                state.stopAsksWhere(),
                state.lastError(),
                state.lag(),
                state.updatedAt());
    }
}
