package io.reprise.worker.pipeline;

import io.reprise.activities.saga.FenceClosing;
import io.reprise.activities.saga.Fences;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import java.time.Clock;

/** The fences of one database, to be read and to be closed. */
public record FencedDatabase(Fences fences, FenceClosing closing) {

    public static FencedDatabase of(SqlDialect dialect, Sessions database, String worker, Clock clock) {
        return new FencedDatabase(new Fences(dialect, database), new FenceClosing(dialect, database, worker, clock));
    }
}
