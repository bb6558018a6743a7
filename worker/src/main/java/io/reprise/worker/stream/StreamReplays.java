package io.reprise.worker.stream;

import io.reprise.activities.sql.Sessions;
import io.reprise.activities.stream.LetterRecords;
import io.reprise.activities.stream.LetterReplay;
import io.reprise.activities.stream.Replayed;
import io.reprise.activities.stream.StreamLog;
import io.reprise.db.deadletter.AskedReplay;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.worker.shared.Rounds;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays the dead letters of one stream that somebody asked for, beside its loading. */
final class StreamReplays implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReplays.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MOST = 200;

    private final StreamSettings settings;
    private final StreamSurroundings around;
    private final Sessions sessions;
    private final DeadLetters letters;
    private final Map<String, LetterReplay> byLog = new HashMap<>();
    private final Rounds rounds;

    StreamReplays(StreamSettings settings, StreamSurroundings around, Sessions sessions) {
        this.settings = settings;
        this.around = around;
        this.sessions = sessions;
        this.letters = around.ledger().deadLetters();
        this.rounds = Rounds.start("replays-" + settings.name(), GRACE, this::round);
    }

    private Duration round() throws SQLException {
        if (mayLoad()) {
            replayAsked();
        }
        return BETWEEN_LOOKS;
    }

    private boolean mayLoad() {
        return around.ledger()
                .streams()
                .byName(settings.name())
                .filter(known -> !known.paused() && known.stopReason().isEmpty())
                .isPresent();
    }

    private void replayAsked() throws SQLException {
        for (AskedReplay asked : letters.asked(List.of(settings.source()), MOST)) {
            replay(asked);
        }
    }

    private void replay(AskedReplay asked) throws SQLException {
        DeadLetter letter = asked.letter();
        String id = letter.deadLetterId();
        LetterReplay replay = byLog.computeIfAbsent(letter.record().topicId(), log -> of(letter));
        switch (replay.replay(LetterRecords.of(letter.record()), letter.cause().code())) {
            case Replayed.Done _, Replayed.WasThere _ -> letters.replayed(id, asked.actor());
            case Replayed.StillDead(String words) -> {
                letters.attempted(id);
                letters.stillOpen(id, words);
            }
            case Replayed.NotYet(String words) -> LOG.debug("Dead letter {} is asked for again: {}", id, words);
        }
    }

    private LetterReplay of(DeadLetter letter) {
        StreamLog log = StreamLog.of(letter.record().topic(), letter.record().topicId());
        return new LetterReplay(sessions, settings.target(log), around.schemas(), around.clock());
    }

    @Override
    public void close() {
        rounds.close();
    }
}
