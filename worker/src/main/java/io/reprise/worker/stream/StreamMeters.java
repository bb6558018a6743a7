package io.reprise.worker.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a stream did, and what is left to do. */
final class StreamMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Gauge> gauges;
    private final Counter records;
    private final Counter bytes;
    private final Counter dead;
    private final Counter lost;
    private final Timer loads;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();

    StreamMeters(MeterRegistry registry, String stream) {
        this.registry = registry;
        this.records = Counter.builder("reprise_stream_records")
                .description("records that were accounted for")
                .tag("stream", stream)
                .register(registry);
        this.bytes = Counter.builder("reprise_stream_bytes")
                .description("bytes of rows that were loaded")
                .tag("stream", stream)
                .register(registry);
        this.dead = Counter.builder("reprise_stream_dead_letters")
                .description("records that could not be loaded")
                .tag("stream", stream)
                .register(registry);
        this.lost = Counter.builder("reprise_stream_lost_records")
                .description("offsets that Kafka deleted before they were loaded")
                .tag("stream", stream)
                .register(registry);
        this.loads = Timer.builder("reprise_stream_load")
                .description("how long a batch takes in the database")
                .tag("stream", stream)
                .register(registry);
        this.gauges = List.of(
                Gauge.builder("reprise_stream_lag_records", lag, AtomicLong::get)
                        .description("records that are committed and not loaded")
                        .tag("stream", stream)
                        .register(registry),
                Gauge.builder("reprise_stream_stopped", stopped, AtomicLong::get)
                        .description("1 while the stream waits for an operator's decision")
                        .tag("stream", stream)
                        .register(registry));
    }

    void loaded(int recordCount, long byteCount, int deadCount, Duration took) {
        records.increment(recordCount);
        bytes.increment((double) byteCount);
        dead.increment(deadCount);
        loads.record(took);
    }

    void lost(long offsets) {
        lost.increment((double) offsets);
    }

    void lag(long left) {
        lag.set(left);
    }

    void stopped(boolean isStopped) {
        stopped.set(isStopped ? 1 : 0);
    }

    /** A gauge that stayed would go on telling what this one saw last, also to the stream's next loop. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
