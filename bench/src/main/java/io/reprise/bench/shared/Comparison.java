package io.reprise.bench.shared;

import io.reprise.bench.shared.ClosedLoop.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Contenders at one concurrency, in rounds that alternate: whatever else the machine does meets all of them. Each round
 * begins with another contender.
 */
public final class Comparison {

    private final ClosedLoop loop;
    private final List<Contender> contenders;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    public Comparison(ClosedLoop loop, List<Contender> contenders) {
        this.loop = loop;
        this.contenders = List.copyOf(contenders);
        contenders.forEach(contender -> tallies.put(contender.name(), new Tally()));
    }

    public void run(int rounds, Map<String, AtomicLong> numbers, Consumer<String> progress)
            throws InterruptedException {
        List<Contender> order = new ArrayList<>(contenders);
        for (int n = 1; n <= rounds; n++) {
            for (Contender contender : order) {
                AtomicLong next = numbers.computeIfAbsent(contender.name(), name -> new AtomicLong());
                Round round = loop.run(next, contender::place);
                tally(contender.name()).add(round);
                progress.accept("%2d at once, round %d, %-14s %6.1f a second, p50 %.0f ms"
                        .formatted(
                                loop.atOnce(),
                                n,
                                contender.name(),
                                round.perSecond(),
                                round.latencies().millisAt(50)));
            }
            Collections.rotate(order, 1);
        }
    }

    public Tally tally(String contender) {
        Tally tally = tallies.get(contender);
        if (tally == null) {
            throw new IllegalArgumentException("no contender is named '" + contender + "'");
        }
        return tally;
    }

    /** All rounds of one contender together. */
    public static final class Tally {

        private final Latencies latencies = new Latencies();
        private Duration window = Duration.ZERO;

        private void add(Round round) {
            latencies.add(round.latencies());
            window = window.plus(round.window());
        }

        public Latencies latencies() {
            return latencies;
        }

        public double perSecond() {
            return latencies.count() / (window.toNanos() / 1e9);
        }
    }
}
