package io.reprise.activities.producer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What can be seen of a producer from outside. Every record that was asked for is acknowledged, failed, or still buffered. */
final class ProducerMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter acknowledged;
    private final Map<FailureCause, Counter> failed = new EnumMap<>(FailureCause.class);
    private final List<Gauge> gauges;

    ProducerMeters(MeterRegistry registry, String producer, SendBuffer<?> buffer) {
        this.registry = registry;
        sent = Counter.builder("reprise_producer_sent_records")
                .description("Records that somebody asked to send")
                .tag("producer", producer)
                .register(registry);
        acknowledged = Counter.builder("reprise_producer_acknowledged_records")
                .description("Records that are in their topic")
                .tag("producer", producer)
                .register(registry);
        for (FailureCause cause : FailureCause.values()) {
            failed.put(
                    cause,
                    Counter.builder("reprise_producer_failed_records")
                            .description("Records that were not acknowledged")
                            .tags("producer", producer, "cause", cause.word())
                            .register(registry));
        }
        gauges = List.of(
                Gauge.builder("reprise_producer_buffered_records", buffer, SendBuffer::records)
                        .description("Records that wait for their acknowledgement")
                        .tag("producer", producer)
                        .register(registry),
                Gauge.builder("reprise_producer_buffered_bytes", buffer, SendBuffer::bytes)
                        .description("Bytes of the records that wait for their acknowledgement")
                        .tag("producer", producer)
                        .register(registry),
                Gauge.builder(
                                "reprise_producer_oldest_unacknowledged_seconds",
                                buffer,
                                it -> it.oldest().toMillis() / 1000.0)
                        .description("For how long the oldest record waits for its acknowledgement")
                        .tag("producer", producer)
                        .register(registry));
    }

    void sent() {
        sent.increment();
    }

    void settled(Delivery delivery) {
        switch (delivery) {
            case Delivery.Acknowledged _ -> acknowledged.increment();
            case Delivery.NotSent notSent -> failed(notSent.cause());
            case Delivery.Doubtful doubtful -> failed(doubtful.cause());
        }
    }

    private void failed(FailureCause cause) {
        Counter counter = failed.get(cause);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Counters stay as they were last; a gauge of something that is gone tells nothing. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
