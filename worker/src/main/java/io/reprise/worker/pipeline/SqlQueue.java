package io.reprise.worker.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.worker.run.TaskQueues;
import javax.sql.DataSource;

/** One connection, served: its pool, its places, its task queue, and the sweeping of what its runs leave behind. */
final class SqlQueue implements AutoCloseable {

    private final String definition;
    private final HikariDataSource pool;
    private final HeldPlaces places;
    private final TaskQueues queue;
    private final FencedDatabase fenced;
    private final ConnectionSweeping sweeping;

    /** @param definition hash of what is served: another one is served anew */
    SqlQueue(
            String definition,
            HikariDataSource pool,
            HeldPlaces places,
            TaskQueues queue,
            ConnectionSweeping sweeping,
            FencedDatabase fenced) {
        this.fenced = fenced;
        this.definition = definition;
        this.pool = pool;
        this.places = places;
        this.queue = queue;
        this.sweeping = sweeping;
    }

    String definition() {
        return definition;
    }

    FencedDatabase fenced() {
        return fenced;
    }

    DataSource database() {
        return pool;
    }

    void renewPlaces() {
        places.renew();
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
