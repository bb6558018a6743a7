package io.reprise.activities.run;

import io.reprise.activities.saga.FencesUnknown;
import io.reprise.db.run.AuditFinding;
import java.util.Map;
import java.util.TreeMap;

/** The databases that an audit could not look into. Each is told once: its runs are neither right nor wrong. */
final class UnseenFences {

    private final Map<String, String> found = new TreeMap<>();

    void note(FencesUnknown unknown) {
        note(unknown.database(), unknown.found());
    }

    void note(String database, String answer) {
        found.putIfAbsent(database, answer);
    }

    boolean has(String database) {
        return found.containsKey(database);
    }

    void tell(AuditProgress progress) {
        found.forEach((database, answer) -> progress.found(new AuditFinding(
                "fences-not-looked-at",
                database,
                answer,
                "a database that answers: what its runs did is not audited")));
    }
}
