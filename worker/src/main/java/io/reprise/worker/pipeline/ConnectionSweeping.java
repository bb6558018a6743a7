package io.reprise.worker.pipeline;

import io.reprise.activities.pipeline.PreparedSessions;
import io.reprise.worker.run.FenceRetention;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.Rounds;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps what runs leave behind on one connection: stages and replaced versions whose time is over, and the fences of runs that
 * the ledger dropped long ago. A database that is away is swept later.
 */
final class ConnectionSweeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSweeping.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_PARTS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String name;
    private final PreparedSessions sessions;
    private final Runnable sweepingStages;
    private final FenceRetention fences;
    private final ForgottenRuns forgotten;
    private final Every planning = new Every(Duration.ofHours(1));
    private final Every stagesDue = new Every(BETWEEN_SWEEPS);
    private final Rounds rounds;

    private ConnectionSweeping(
            String name, PreparedSessions sessions, Runnable stages, FenceRetention fences, ForgottenRuns forgotten) {
        this.name = name;
        this.sessions = sessions;
        this.sweepingStages = stages;
        this.fences = fences;
        this.forgotten = forgotten;
        this.rounds = Rounds.start("sweep-sql." + name, GRACE, this::round);
    }

    static ConnectionSweeping start(
            String name, PreparedSessions sessions, Runnable stages, FenceRetention fences, ForgottenRuns forgotten) {
        return new ConnectionSweeping(name, sessions, stages, fences, forgotten);
    }

    private Duration round() {
        if (stagesDue.isDue()) {
            sweepStages();
        }
        if (planning.isDue()) {
            forgotten.months().ifPresent(fences::plan);
        }
        return forgetFences() ? BETWEEN_PARTS : BETWEEN_SWEEPS;
    }

    /** A database that nobody uses yet is left alone. */
    private void sweepStages() {
        if (sessions.isPrepared()) {
            try {
                sweepingStages.run();
            } catch (ApplicationFailure away) {
                LOG.info("Stages on {} are swept later: {}", name, away.getOriginalMessage());
            }
        }
    }

    /** Answers whether there is more to forget. */
    private boolean forgetFences() {
        try {
            return forgotten.months().isPresent() && fences.goOn();
        } catch (SQLException away) {
            LOG.info("Fences on {} of runs that the ledger dropped are forgotten later: {}", name, away.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
