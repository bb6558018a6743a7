package io.reprise.bench.chaos;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.ClosedLoop;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import io.reprise.bench.shared.Latencies;
import io.reprise.bench.shared.Topology;
import io.reprise.embedded.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Orders under faults, then silence, then the count. */
public final class ChaosBench {

    /** What two cores carry while processes start again and again. */
    private static final int AT_ONCE = 12;

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int SHOWN = 40;

    private final long seed;
    private final Duration lasting;
    private final Path logs;
    private final InstantSource clock;
    private final Consumer<String> progress;

    public ChaosBench(long seed, Duration lasting, Path logs, InstantSource clock, Consumer<String> progress) {
        this.seed = seed;
        this.lasting = lasting;
        this.logs = logs;
        this.clock = clock;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        progress.accept("seed " + seed + ", " + lasting.toSeconds() + " s, logs in " + logs);
        try (Topology topology = Topology.start(2, Map.of(), logs);
                Ledgers ledgers = ledgers(topology)) {
            ChaosShop.fill(ledgers.connection());
            OrderDoor door = new OrderDoor(topology.apiUri(), clock);
            awaitReady(door);
            return load(topology, ledgers, door);
        }
    }

    private BenchResult load(Topology topology, Ledgers ledgers, OrderDoor door) throws Exception {
        Disturber disturber = new Disturber(topology, ledgers, clock, progress);
        Caller caller;
        try (OrderTopic topic = new OrderTopic(topology.kafka().bootstrapServers());
                Ledgers asking = ledgers(topology);
                Endings endings = new Endings(asking);
                ExecutorService beside = Executors.newSingleThreadExecutor()) {
            caller = new Caller(new OrderPlan(seed), door, topic, endings);
            Future<?> faults = beside.submit(() -> {
                disturber.run(Fault.plan(seed, lasting));
                return null;
            });
            new ClosedLoop(AT_ONCE, Duration.ZERO, lasting).run(new AtomicLong(), caller::place);
            faults.get();
        }
        progress.accept(caller.told().size() + " orders placed; waiting until all is quiet");
        Duration drained = drain(ledgers, caller.told());
        List<Disagreement> audits = new ArrayList<>(door.audit("orders"));
        audits.addAll(door.audit("all"));
        return count(topology, ledgers, caller, disturber, drained, audits);
    }

    private BenchResult count(
            Topology topology,
            Ledgers ledgers,
            Caller caller,
            Disturber disturber,
            Duration drained,
            List<Disagreement> audits)
            throws SQLException {
        EventLog log = EventLog.read(topology.kafka().bootstrapServers());
        Found found = ledgers.read(log);
        Verdict verdict = Verdict.on(caller.told(), caller.letters(), found);
        List<Disagreement> disagreements = new ArrayList<>(verdict.disagreements());
        disagreements.addAll(caller.wrongAnswers());
        disagreements.addAll(audits);
        disagreements.stream().limit(SHOWN).forEach(it -> progress.accept("DISAGREEMENT " + it));
        verdict.notEnded().stream().limit(SHOWN).forEach(it -> progress.accept("NOT ENDED " + it));
        Latencies recovery = Recovery.after(disturber.interruptions(), ledgers.progress());
        return BenchResult.here(
                "chaos",
                List.of(
                        Figure.count("seed", seed),
                        Figure.of("load", (double) lasting.toSeconds(), "s"),
                        Figure.count("orders", caller.told().size()),
                        Figure.count("orders-completed", found.ended("SUCCEEDED")),
                        Figure.count("orders-rejected", found.ended("FAILED")),
                        Figure.count("orders-cancelled", found.ended("CANCELLED")),
                        Figure.count("kills", disturber.kills()),
                        Figure.count("server-restarts", disturber.restarts()),
                        Figure.count("cut-connections", disturber.cutConnections()),
                        Figure.count("dead-letters", caller.letters().size()),
                        Figure.count("repeated-events", log.repeated()),
                        Figure.of("drain", drained.toMillis() / 1000.0, "s"),
                        Figure.count("affected-orders", recovery.count()),
                        Figure.of("proceed-p50", recovery.millisAt(50) / 1000, "s"),
                        Figure.of("proceed-p99", recovery.millisAt(99) / 1000, "s"),
                        Figure.count("disagreements", disagreements.size(), Goal.none()),
                        Figure.count("not-ended", verdict.notEnded().size(), Goal.none())));
    }

    /** Waits until every order has ended and every event has left, or the limit is reached: then the count says so. */
    private Duration drain(Ledgers ledgers, List<Told> told) throws SQLException, InterruptedException {
        List<String> ids = told.stream().map(it -> it.order().orderId()).toList();
        Instant start = clock.instant();
        Instant limit = start.plus(DRAIN_LIMIT);
        while (clock.instant().isBefore(limit) && (ledgers.ended(ids).size() < ids.size() || ledgers.outbox() > 0)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
        return Duration.between(start, clock.instant());
    }

    private void awaitReady(OrderDoor door) throws InterruptedException {
        Instant limit = clock.instant().plus(READY_LIMIT);
        while (!door.isReady()) {
            if (clock.instant().isAfter(limit)) {
                throw new IllegalStateException(
                        "Reprise is not ready after " + READY_LIMIT.toSeconds() + " s: see the logs in " + logs);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private static Ledgers ledgers(Topology topology) throws SQLException {
        return new Ledgers(topology.postgres().jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
    }
}
