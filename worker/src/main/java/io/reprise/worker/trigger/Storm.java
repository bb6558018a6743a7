package io.reprise.worker.trigger;

import io.reprise.catalog.trigger.StormRule;
import io.reprise.db.trigger.TriggerRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that most records of a minute fail alike: then it is the mapping, or whoever writes them, and thousands of dead
 * letters would only be work. An operator who resumes the trigger has decided that they are letters; that holds until a
 * minute passes without a storm.
 */
final class Storm {

    /** Who pauses a trigger that met one. */
    static final String ACTOR = "reprise";

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Map<String, Integer> poison = new HashMap<>();
    private int records;
    private long since = System.nanoTime();
    private boolean raged;
    private boolean accepted;

    /** Another worker stopped the trigger for a storm. */
    void told() {
        raged = true;
    }

    /** An operator let the trigger go on. */
    void resumed() {
        accepted = raged;
        calm();
    }

    /** What to say where these records, with those of the minute before them, are a storm. */
    Optional<String> with(List<TriggerRecord> read, StormRule rule) {
        if (System.nanoTime() - since > MINUTE) {
            accepted &= raged;
            raged = false;
            calm();
        }
        records += read.size();
        for (TriggerRecord record : read) {
            if (record instanceof TriggerRecord.Poison letter) {
                poison.merge(letter.cause().fingerprint(), 1, Integer::sum);
            }
        }
        Optional<Map.Entry<String, Integer>> most = poison.entrySet().stream().max(Map.Entry.comparingByValue());
        if (most.isEmpty() || !rages(most.get().getValue(), rule)) {
            return Optional.empty();
        }
        raged = true;
        return accepted ? Optional.empty() : Optional.of(words(most.get(), rule));
    }

    private boolean rages(int alike, StormRule rule) {
        return alike >= rule.least() && alike * 100L > (long) rule.percent() * records;
    }

    private String words(Map.Entry<String, Integer> most, StormRule rule) {
        return "found " + most.getValue() + " of " + records + " records of a minute to fail alike, as " + most.getKey()
                + " (expected: at most " + rule.percent() + " % of them, or fewer than " + rule.least()
                + "). Nothing of them was accepted: mend what ails them, and resume; resumed, they become dead letters";
    }

    private void calm() {
        poison.clear();
        records = 0;
        since = System.nanoTime();
    }
}
