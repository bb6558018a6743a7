package io.reprise.worker.trigger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What can be seen of one trigger from outside. */
final class TriggerMeters {

    private final AtomicLong lag = new AtomicLong();
    private final Counter accepted;
    private final Counter deadLetters;
    private final Counter waits;

    TriggerMeters(MeterRegistry registry, String trigger) {
        accepted = Counter.builder("reprise_trigger_accepted_records")
                .description("Records that the ledger took")
                .tag("trigger", trigger)
                .register(registry);
        deadLetters = Counter.builder("reprise_trigger_dead_letters")
                .description("Records that can never become a run")
                .tag("trigger", trigger)
                .register(registry);
        waits = Counter.builder("reprise_trigger_ledger_waits")
                .description("Batches that were put back because the ledger did not take them")
                .tag("trigger", trigger)
                .register(registry);
        Gauge.builder("reprise_trigger_lag_records", lag, AtomicLong::get)
                .description("Records that are not accepted yet, in the partitions that this worker reads")
                .tag("trigger", trigger)
                .register(registry);
    }

    void taken(int records, int letters) {
        accepted.increment(records);
        deadLetters.increment(letters);
    }

    void putBack() {
        waits.increment();
    }

    void lag(long records) {
        lag.set(records);
    }
}
