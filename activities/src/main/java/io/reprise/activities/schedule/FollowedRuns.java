package io.reprise.activities.schedule;

import io.reprise.db.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How one pipeline stands to the runs of one that it runs after. A run that stays open holds up no other: it is remembered,
 * and looked at again. Who remembers nothing begins again at the mark in the ledger, and comes to the same.
 */
final class FollowedRuns {

    // Runs may become visible a little out of order.
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** What waits for another run to end is asked for less often than what ends by itself. */
    static final Duration ASKED_AGAIN = Duration.ofSeconds(10);

    private final NavigableMap<Long, Instant> open = new TreeMap<>();
    private final NavigableMap<Long, Instant> recent = new TreeMap<>();
    private long passed;
    private long marked;

    FollowedRuns(long marked) {
        this.marked = marked;
        this.passed = marked;
    }

    /** Up to where the ledger has all runs accounted for. */
    long marked() {
        return marked;
    }

    /** Somebody has accounted for all runs up to there. */
    void marked(long seq) {
        marked = seq;
        passed = Math.max(passed, seq);
        open.headMap(seq, true).clear();
        recent.headMap(seq, true).clear();
    }

    /** From where on there may be runs that were not seen. */
    long passed() {
        return passed;
    }

    boolean hasSeen(Run run) {
        return recent.containsKey(run.seq());
    }

    void seen(Run run) {
        recent.put(run.seq(), run.acceptedAt());
        open.put(run.seq(), Instant.MIN);
    }

    void accountedFor(Run run) {
        open.remove(run.seq());
    }

    void askAgain(Run run, Instant now) {
        open.put(run.seq(), now.plus(ASKED_AGAIN));
    }

    /** The runs that may have something to follow by now, by seq. */
    List<Long> due(Instant now) {
        return open.entrySet().stream()
                .filter(it -> !it.getValue().isAfter(now))
                .map(it -> it.getKey())
                .toList();
    }

    /** Passes the runs before which none can turn up any more; answers up to where all are accounted for. */
    long settle(Instant now) {
        while (!recent.isEmpty() && recent.firstEntry().getValue().plus(SETTLED).isBefore(now)) {
            passed = recent.pollFirstEntry().getKey();
        }
        return open.isEmpty() ? passed : Math.min(passed, open.firstKey() - 1);
    }
}
