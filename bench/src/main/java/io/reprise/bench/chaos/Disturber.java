package io.reprise.bench.chaos;

import io.reprise.bench.shared.ReprisePart;
import io.reprise.bench.shared.Topology;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does the planned faults at their instants and notes when each hit. */
final class Disturber {

    private static final double SHARE_OF_CONNECTIONS = 0.5;
    private static final Duration COMMIT_HUNT = Duration.ofSeconds(2);

    private final Topology topology;
    private final Ledgers ledgers;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final List<Instant> interruptions = new ArrayList<>();
    private int kills;
    private int restarts;
    private long cutConnections;

    Disturber(Topology topology, Ledgers ledgers, InstantSource clock, Consumer<String> progress) {
        this.topology = topology;
        this.ledgers = ledgers;
        this.clock = clock;
        this.progress = progress;
    }

    void run(List<Fault> plan) throws InterruptedException, SQLException {
        Instant start = clock.instant();
        for (Fault fault : plan) {
            Duration left = Duration.between(clock.instant(), start.plus(fault.at()));
            if (left.isPositive()) {
                TimeUnit.MILLISECONDS.sleep(left.toMillis());
            }
            progress.accept("%4d s  %s".formatted(fault.at().toSeconds(), fault.kind()));
            cause(fault.kind());
        }
    }

    int kills() {
        return kills;
    }

    int restarts() {
        return restarts;
    }

    long cutConnections() {
        return cutConnections;
    }

    /** When work was interrupted, oldest first. */
    List<Instant> interruptions() {
        return List.copyOf(interruptions);
    }

    private void cause(Fault.Kind kind) throws InterruptedException, SQLException {
        interruptions.add(clock.instant());
        switch (kind) {
            case KILL_FIRST_WORKER -> kill(topology.worker(0));
            case KILL_SECOND_WORKER -> kill(topology.worker(1));
            case KILL_API -> kill(topology.api());
            case DROP_CONNECTIONS -> cutConnections += ledgers.cut(false, SHARE_OF_CONNECTIONS);
            case DROP_CONNECTIONS_AT_COMMIT -> cutAtCommit();
            case RESTART_BROKER -> restart(topology.kafka()::stop, topology.kafka()::startAgain);
            case RESTART_TEMPORAL -> restart(topology.temporal()::stop, topology.temporal()::startAgain);
        }
    }

    private void kill(ReprisePart part) throws InterruptedException {
        part.killAndStartAgain();
        kills++;
    }

    private void restart(Runnable stop, Runnable start) {
        stop.run();
        start.run();
        restarts++;
    }

    /** A commit lasts well under a millisecond, so it takes many looks to meet one. */
    private void cutAtCommit() throws SQLException {
        Instant limit = clock.instant().plus(COMMIT_HUNT);
        long before = cutConnections;
        while (cutConnections == before && clock.instant().isBefore(limit)) {
            cutConnections += ledgers.cut(true, 1);
        }
    }
}
