package io.reprise.db.stream;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A stream as the ledger shows it.
 *
 * @param logNumber which log of its topic counts: the next one after each exchanged log that an operator let count
 * @param goOnFrom how the partitions go on whose log was exchanged last
 * @param stopReason why nothing is loaded until an operator decides
 * @param stopAsksWhere whether it has to be said where it goes on
 * @param exchanged the partitions whose log was not the one that was read when it stopped last
 * @param state what its loader last said of itself
 * @param lag JSON: {@code [{"partition", "position", "end", "lag"}]}
 */
public record StreamState(
        String stream,
        String topic,
        String connection,
        boolean paused,
        Optional<String> pausedReason,
        Optional<String> pausedBy,
        int logNumber,
        Optional<GoOnFrom> goOnFrom,
        Optional<String> stopReason,
        boolean stopAsksWhere,
        Set<Integer> exchanged,
        String state,
        Optional<String> lastError,
        String lag,
        Instant updatedAt) {

    public StreamState {
        exchanged = Set.copyOf(exchanged);
    }

    /** A checkpoint that is older than its table, and a log that was exchanged, are answered by different words. */
    boolean mayGoOn(GoOnFrom from) {
        return exchanged.isEmpty() == (from == GoOnFrom.TABLE);
    }
}
