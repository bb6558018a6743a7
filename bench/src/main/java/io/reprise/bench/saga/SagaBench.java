package io.reprise.bench.saga;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.ClosedLoop;
import io.reprise.bench.shared.Comparison;
import io.reprise.bench.shared.Contender;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The order saga against a bare workflow, at several concurrencies. */
public final class SagaBench {

    private static final double REGULAR_GOAL = 0.85;
    private static final double LOCAL_GOAL = 1.5;

    /**
     * How much is measured.
     *
     * @param warmUp how long each contender runs unmeasured
     * @param rounds how often each contender is measured at each concurrency
     */
    public record Extent(List<Integer> atOnce, int rounds, Duration warmUp, Duration ramp, Duration window) {

        public Extent {
            atOnce = List.copyOf(atOnce);
        }
    }

    private final Extent extent;
    private final TemporalChoice choice;
    private final boolean relay;
    private final Consumer<String> progress;

    public SagaBench(Extent extent, TemporalChoice choice, boolean relay, Consumer<String> progress) {
        this.extent = extent;
        this.choice = choice;
        this.relay = relay;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        try (Arena arena = Arena.open(choice, relay, progress)) {
            Map<String, AtomicLong> numbers = new TreeMap<>();
            List<Contender> contenders = arena.contenders();
            int most =
                    extent.atOnce().stream().mapToInt(Integer::intValue).max().orElseThrow();
            new Comparison(new ClosedLoop(most, Duration.ZERO, extent.warmUp()), contenders)
                    .run(1, numbers, line -> progress.accept("warm-up: " + line));
            List<Figure> figures = new ArrayList<>();
            double bare = 0;
            double regular = 0;
            double local = 0;
            for (int atOnce : extent.atOnce()) {
                Comparison comparison =
                        new Comparison(new ClosedLoop(atOnce, extent.ramp(), extent.window()), contenders);
                comparison.run(extent.rounds(), numbers, progress);
                contenders.forEach(contender -> tell(figures, comparison, contender.name(), atOnce));
                double bareHere = comparison.tally(Arena.BARE).perSecond();
                double regularHere = comparison.tally(Arena.REGULAR).perSecond();
                double localHere = comparison.tally(Arena.LOCAL).perSecond();
                figures.add(
                        ratio("regular / bare, %d at once".formatted(atOnce), regularHere / bareHere, REGULAR_GOAL));
                figures.add(ratio("local / bare, %d at once".formatted(atOnce), localHere / bareHere, LOCAL_GOAL));
                bare += Math.log(bareHere);
                regular += Math.log(regularHere);
                local += Math.log(localHere);
            }
            int levels = extent.atOnce().size();
            figures.add(ratio("regular / bare, overall", Math.exp((regular - bare) / levels), REGULAR_GOAL));
            figures.add(ratio("local / bare, overall", Math.exp((local - bare) / levels), LOCAL_GOAL));
            for (Contender contender : contenders) {
                contender.verify(placed(numbers, contender));
            }
            return BenchResult.here("saga", figures);
        }
    }

    private static long placed(Map<String, AtomicLong> numbers, Contender contender) {
        AtomicLong placed = numbers.get(contender.name());
        return placed == null ? 0 : placed.get();
    }

    private static void tell(List<Figure> figures, Comparison comparison, String contender, int atOnce) {
        String subject = "%s, %d at once".formatted(contender, atOnce);
        Comparison.Tally tally = comparison.tally(contender);
        figures.add(Figure.of(subject + ", throughput", tally.perSecond(), "orders/s"));
        figures.add(Figure.of(subject + ", p50", tally.latencies().millisAt(50), "ms"));
        figures.add(Figure.of(subject + ", p95", tally.latencies().millisAt(95), "ms"));
        figures.add(Figure.of(subject + ", p99", tally.latencies().millisAt(99), "ms"));
    }

    private static Figure ratio(String name, double value, double goal) {
        return Figure.of(name, value, "ratio", Goal.atLeast(goal));
    }
}
