package io.reprise.worker.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.Sessions;
import io.reprise.activities.stream.StreamAnswers;
import io.reprise.db.Ledger;
import io.reprise.worker.shared.Topics;
import java.time.Clock;
import java.util.List;

/** What all streams of a worker share. */
public record StreamSurroundings(
        String bootstrap, Topics topics, SchemaSource schemas, Ledger ledger, Clock clock, MeterRegistry registry) {

    /** What answers questions about the streams of a connection, where its sessions are. */
    public List<Object> activities(Sessions sessions) {
        return List.of(new StreamAnswers(sessions, bootstrap, schemas, ledger, clock, Heart::ofActivity));
    }
}
