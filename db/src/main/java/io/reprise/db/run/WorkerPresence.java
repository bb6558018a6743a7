package io.reprise.db.run;

import java.time.Instant;
import java.util.List;

/**
 * A worker process and what it sees.
 *
 * @param kafka {@code up}, or what is wrong; likewise the next two
 * @param seeded the shop holds the data that it needs
 */
public record WorkerPresence(
        String workerId,
        Instant startedAt,
        Instant heartbeatAt,
        String build,
        List<String> taskQueues,
        String kafka,
        String temporal,
        String shopDb,
        boolean seeded) {

    public WorkerPresence {
        taskQueues = List.copyOf(taskQueues);
    }
}
