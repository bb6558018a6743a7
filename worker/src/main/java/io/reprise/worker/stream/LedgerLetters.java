package io.reprise.worker.stream;

import io.reprise.activities.stream.DeadLetterDoor;
import io.reprise.activities.stream.StreamLog;
import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.worker.deadletter.SourceRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a stream cannot load in the ledger, where triggers keep theirs. A ledger that is away makes the stream wait. */
final class LedgerLetters implements DeadLetterDoor {

    private final DeadLetters letters;
    private final String source;
    private final StreamLog log;

    LedgerLetters(DeadLetters letters, String source, StreamLog log) {
        this.letters = letters;
        this.source = source;
        this.log = log;
    }

    @Override
    public void keep(List<Letter> found) {
        Map<SourceRecord, Cause> all = new LinkedHashMap<>();
        for (Letter letter : found) {
            all.put(
                    SourceRecords.of(log.id(), letter.record()),
                    new Cause(letter.code(), letter.message(), "[]", letter.fingerprint()));
        }
        letters.keep(source, all);
    }
}
