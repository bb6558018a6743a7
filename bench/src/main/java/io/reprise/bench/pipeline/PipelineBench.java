package io.reprise.bench.pipeline;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.ClosedLoop;
import io.reprise.bench.shared.Comparison;
import io.reprise.bench.shared.Contender;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A run of three one-INSERT steps against the same inserts through JDBC, one at a time and many at once. */
public final class PipelineBench {

    private static final int MANY = 32;
    private static final double MEBIBYTE = 1 << 20;

    // Airflow 3.3.2 with LocalExecutor on PostgreSQL and two cores: 0.80 runs/s, 1.1 to 2.0 s for a run, 2.1 GiB.
    private static final double RUNS_A_SECOND_GOAL = 20 * 0.80;
    private static final double LATENCY_GOAL_MILLIS = 1_100.0 / 5;

    private final int rounds;
    private final Duration warmUp;
    private final Duration window;
    private final Path logs;
    private final Consumer<String> progress;

    public PipelineBench(int rounds, Duration warmUp, Duration window, Path logs, Consumer<String> progress) {
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.window = window;
        this.logs = logs;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        progress.accept("logs in " + logs);
        try (Arena arena = Arena.open(logs)) {
            List<Contender> contenders = List.of(
                    new PipelineContender(arena.door(), arena.endings(), arena.warehouse()),
                    new BareContender(arena.warehouse()));
            Map<String, AtomicLong> numbers = new TreeMap<>();
            new Comparison(new ClosedLoop(MANY, Duration.ZERO, warmUp), contenders)
                    .run(1, numbers, line -> progress.accept("warm-up: " + line));
            List<Figure> figures = new ArrayList<>();
            Comparison alone = compared(1, contenders, numbers);
            figures.add(Figure.of(
                    "a run, 1 at once, p50",
                    alone.tally(PipelineContender.NAME).latencies().millisAt(50),
                    "ms",
                    Goal.atMost(LATENCY_GOAL_MILLIS)));
            figures.add(Figure.of(
                    "a run, 1 at once, p99",
                    alone.tally(PipelineContender.NAME).latencies().millisAt(99),
                    "ms"));
            figures.add(Figure.of(
                    "bare SQL, 1 at once, p50",
                    alone.tally(BareContender.NAME).latencies().millisAt(50),
                    "ms"));
            Comparison many = compared(MANY, contenders, numbers);
            double runs = many.tally(PipelineContender.NAME).perSecond();
            double bare = many.tally(BareContender.NAME).perSecond();
            figures.add(Figure.of("runs, 32 at once", runs, "runs/s", Goal.atLeast(RUNS_A_SECOND_GOAL)));
            figures.add(Figure.of("bare SQL, 32 at once", bare, "runs/s"));
            figures.add(Figure.of("runs / bare SQL, 32 at once", runs / bare, "ratio"));
            figures.add(Figure.of("api and worker, resident", arena.residentBytes() / MEBIBYTE, "MiB"));
            for (Contender contender : contenders) {
                contender.verify(
                        numbers.getOrDefault(contender.name(), new AtomicLong()).get());
            }
            return BenchResult.here("pipeline", figures);
        }
    }

    private Comparison compared(int atOnce, List<Contender> contenders, Map<String, AtomicLong> numbers)
            throws InterruptedException {
        Comparison comparison = new Comparison(new ClosedLoop(atOnce, Duration.ofSeconds(2), window), contenders);
        comparison.run(rounds, numbers, progress);
        return comparison;
    }
}
