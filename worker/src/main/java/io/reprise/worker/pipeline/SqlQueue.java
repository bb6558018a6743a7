package io.reprise.worker.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.pipeline.PreparedSessions;
import io.reprise.activities.pipeline.SqlPipelineSteps;
import io.reprise.activities.saga.Fences;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.shared.Rounds;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, served: its pool, its places, its task queue, and the sweeping of what its runs leave behind. */
final class SqlQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqlQueue.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String name;
    private final String definition;
    private final HikariDataSource pool;
    private final HeldPlaces places;
    private final TaskQueues queue;
    private final Fences fences;
    private final Rounds sweeping;

    /** @param definition hash of what is served: another one is served anew */
    SqlQueue(
            String name,
            String definition,
            HikariDataSource pool,
            HeldPlaces places,
            TaskQueues queue,
            PreparedSessions sessions,
            SqlPipelineSteps steps,
            Fences fences) {
        this.fences = fences;
        this.name = name;
        this.definition = definition;
        this.pool = pool;
        this.places = places;
        this.queue = queue;
        this.sweeping = Rounds.start("sweep-sql." + name, GRACE, () -> sweep(sessions, steps));
    }

    String definition() {
        return definition;
    }

    Fences fences() {
        return fences;
    }

    DataSource database() {
        return pool;
    }

    void renewPlaces() {
        places.renew();
    }

    /** A database that nobody uses yet is left alone. */
    private Duration sweep(PreparedSessions sessions, SqlPipelineSteps steps) {
        if (sessions.isPrepared()) {
            try {
                steps.sweepStages();
            } catch (ApplicationFailure away) {
                LOG.info("Stages on {} are swept later: {}", name, away.getOriginalMessage());
            }
        }
        return BETWEEN_SWEEPS;
    }

    /** Steps that are under way may end; a worker that serves the connection anew does not wait for them. */
    @Override
    public void close() {
        sweeping.close();
        queue.close();
        places.release();
        pool.close();
    }
}
