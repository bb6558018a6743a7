package io.reprise.cli.generate;

import io.reprise.activities.producer.Delivery;
import io.reprise.activities.producer.FailureCause;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was sent, and what became of it. */
final class Tally {

    private final Map<Integer, Long> byVersion = new TreeMap<>();
    private final Map<FailureCause, Long> failed = new TreeMap<>();
    private long late;
    private long poison;
    private long acknowledged;
    private @Nullable Delivery firstFailure;

    synchronized void sent(Parcel parcel) {
        switch (parcel) {
            case Parcel.Sale(ShopEvent event, boolean isLate) -> {
                byVersion.merge(event.version(), 1L, Long::sum);
                late += isLate ? 1 : 0;
            }
            case Parcel.Poison _ -> poison++;
        }
    }

    synchronized void told(Delivery delivery) {
        switch (delivery) {
            case Delivery.Acknowledged _ -> acknowledged++;
            case Delivery.NotSent(FailureCause cause, String _) -> failed(cause, delivery);
            case Delivery.Doubtful(FailureCause cause, String _) -> failed(cause, delivery);
        }
    }

    private void failed(FailureCause cause, Delivery delivery) {
        failed.merge(cause, 1L, Long::sum);
        firstFailure = firstFailure == null ? delivery : firstFailure;
    }

    synchronized Optional<Delivery> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    private long events() {
        return byVersion.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized String words() {
        String versions = byVersion.entrySet().stream()
                .map(it -> "version " + it.getKey() + ": " + it.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        String causes = failed.entrySet().stream()
                .map(it -> it.getKey().word() + ": " + it.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
        long unacknowledged = events() + poison - acknowledged;
        return "sent " + events() + " events" + (byVersion.isEmpty() ? "" : versions) + ", " + late
                + " of them late, and "
                + poison + " poison; acknowledged " + acknowledged + ", not acknowledged " + unacknowledged
                + (failed.isEmpty() ? "" : causes);
    }
}
