package io.reprise.worker.trigger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.db.trigger.TriggerBatch;
import java.util.concurrent.atomic.AtomicLong;

/** What can be seen of one trigger from outside. */
final class TriggerMeters {

    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();
    private final Counter accepted;
    private final Counter deadLetters;
    private final Counter waits;
    private final Counter lost;
    private final Counter filtered;

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
        lost = Counter.builder("reprise_trigger_lost_records")
                .description("Offsets that Kafka deleted before they were read")
                .tag("trigger", trigger)
                .register(registry);
        filtered = Counter.builder("reprise_trigger_filtered_records")
                .description("Records that were not what the trigger is for")
                .tag("trigger", trigger)
                .register(registry);
        Gauge.builder("reprise_trigger_stopped_partitions", stopped, AtomicLong::get)
                .description("Partitions whose log is not the one that was read; the trigger waits for an operator")
                .tag("trigger", trigger)
                .register(registry);
        Gauge.builder("reprise_trigger_lag_records", lag, AtomicLong::get)
                .description("Records that are not accepted yet, in the partitions that this worker reads")
                .tag("trigger", trigger)
                .register(registry);
    }

    void taken(TriggerBatch batch, int letters) {
        accepted.increment(batch.records().size());
        filtered.increment(batch.filtered());
        deadLetters.increment(letters);
    }

    /** Nobody reads it here any more. */
    void rest() {
        lag.set(0);
        stopped.set(0);
    }

    void putBack() {
        waits.increment();
    }

    void lost(long offsets) {
        lost.increment((double) offsets);
    }

    void stopped(int partitions) {
        stopped.set(partitions);
    }

    void lag(long records) {
        lag.set(records);
    }
}
