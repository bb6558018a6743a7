package io.reprise.worker.trigger;

import io.reprise.db.Ledger;
import io.reprise.db.deadletter.AskedReplay;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.deadletter.Resolved;
import io.reprise.db.run.NewRun;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.worker.shared.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replays the dead letters that only a worker can read, by the same reading as their records had at first. */
final class AskedReplays implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MOST = 50;

    private final DeadLetters letters;
    private final Runnable accepted;
    private final Rounds rounds;
    private volatile Map<String, RecordReader> readers = Map.of();

    AskedReplays(Ledger ledger, Runnable accepted) {
        this.letters = ledger.deadLetters();
        this.accepted = accepted;
        this.rounds = Rounds.start("replays", GRACE, this::round);
    }

    /** Reads letters of these triggers from now on, each by a reader of its own. */
    void serve(Map<String, RecordReader> byTrigger) {
        readers = Map.copyOf(byTrigger);
    }

    private Duration round() {
        Map<String, RecordReader> now = readers;
        List<AskedReplay> asked = now.isEmpty() ? List.of() : letters.asked(now.keySet(), MOST);
        for (AskedReplay one : asked) {
            Optional.ofNullable(now.get(one.letter().trigger())).ifPresent(reader -> replay(one, reader));
        }
        return BETWEEN_LOOKS;
    }

    private void replay(AskedReplay asked, RecordReader reader) {
        String id = asked.letter().deadLetterId();
        switch (reader.read(asked.letter().record())) {
            case ReadRecord.NotYet(boolean away, String words, var _) -> {
                if (!away) {
                    refuse(id, words);
                }
            }
            case ReadRecord.Done(TriggerRecord.Start(var _, NewRun run)) -> replay(id, run, asked.actor());
            case ReadRecord.Done(TriggerRecord.Poison(var _, var cause)) -> refuse(id, cause.message());
            case ReadRecord.Done(TriggerRecord.Filtered _), ReadRecord.Done(TriggerRecord.Known _) ->
                refuse(id, "the trigger filters this record out now");
        }
    }

    private void replay(String id, NewRun run, String actor) {
        switch (letters.replay(id, run, actor)) {
            case Resolved.Replayed _ -> accepted.run();
            case Resolved.StillOpen open ->
                letters.stillOpen(id, "cannot start " + run.workflowId() + " again: " + open.accepted());
            case Resolved.NotOpen _, Resolved.NotFound _, Resolved.Discarded _ -> {}
        }
    }

    private void refuse(String id, String words) {
        letters.attempted(id);
        letters.stillOpen(id, words);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
