package io.reprise.worker.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What can be seen of the relay from outside. */
final class OutboxMeters {

    /** A larger outbox costs no more to count; its gauge stays there. */
    static final int MOST_COUNTED = 10_000;

    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong blocked = new AtomicLong();
    private final Counter sent;
    private final Counter failed;

    OutboxMeters(MeterRegistry registry) {
        sent = Counter.builder("reprise_outbox_sent_records")
                .description("Events that the broker acknowledged")
                .register(registry);
        failed = Counter.builder("reprise_outbox_failed_sends")
                .description("Batches or events that Kafka refused or did not acknowledge in time")
                .register(registry);
        Gauge.builder("reprise_outbox_waiting_records", waiting, AtomicLong::get)
                .description("Events that are committed and not sent yet; at 10,000 there are at least so many")
                .register(registry);
        Gauge.builder("reprise_outbox_blocked_keys", blocked, AtomicLong::get)
                .description("Keys that one refused event holds back")
                .register(registry);
    }

    void sent(int records) {
        sent.increment(records);
    }

    void failed() {
        failed.increment();
    }

    void waiting(OutboxRows.Waiting now) {
        waiting.set(now.rows());
        blocked.set(now.blockedKeys());
    }
}
