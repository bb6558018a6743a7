package io.reprise.bench.chaos;

import io.reprise.bench.shared.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How long orders that were under way when something broke waited for their next progress. */
final class Recovery {

    private Recovery() {}

    /** Each order counts once for each interruption between its first and its last instant of progress. */
    static Latencies after(List<Instant> interruptions, Map<String, List<Instant>> progress) {
        Latencies waits = new Latencies();
        for (List<Instant> instants : progress.values()) {
            for (Instant interruption : interruptions) {
                if (instants.getFirst().isBefore(interruption)) {
                    instants.stream()
                            .filter(instant -> instant.isAfter(interruption))
                            .findFirst()
                            .ifPresent(next -> waits.record(Duration.between(interruption, next)));
                }
            }
        }
        return waits;
    }
}
