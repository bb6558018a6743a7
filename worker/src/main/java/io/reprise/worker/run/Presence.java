package io.reprise.worker.run;

import io.reprise.db.run.WorkerPresence;
import io.reprise.db.run.Workers;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.Rounds;
import java.time.Duration;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the ledger, every other second, that this worker is there and what it sees. */
public final class Presence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Workers workers;
    private final String workerId;
    private final Supplier<WorkerPresence> self;
    private final Every forgetting = new Every(Duration.ofMinutes(5));
    private final Rounds rounds;

    private Presence(Workers workers, String workerId, Supplier<WorkerPresence> self) {
        this.workers = workers;
        this.workerId = workerId;
        this.self = self;
        this.rounds = Rounds.start("presence", Duration.ofSeconds(2), this::round);
    }

    public static Presence of(Workers workers, String workerId, Supplier<WorkerPresence> self) {
        return new Presence(workers, workerId, self);
    }

    /** Says so at once, as when something became ready. */
    public void wake() {
        rounds.wake();
    }

    @Override
    public void close() {
        rounds.close();
        try {
            workers.gone(workerId);
        } catch (DataAccessException e) {
            LOG.info("Left without a word, for the ledger is away: {}", e.toString());
        }
    }

    private Duration round() {
        workers.present(self.get());
        if (forgetting.isDue()) {
            workers.forgetSilent(FORGOTTEN);
        }
        return HEARTBEAT;
    }
}
