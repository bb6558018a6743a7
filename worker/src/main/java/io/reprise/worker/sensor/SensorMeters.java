package io.reprise.worker.sensor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What can be seen of waiting steps from outside. */
final class SensorMeters {

    private final AtomicLong open = new AtomicLong();
    private final Counter answered;
    private final Counter unreadable;

    SensorMeters(MeterRegistry registry) {
        answered = Counter.builder("reprise_sensor_answered_waits")
                .description("Steps that got the record for which they waited")
                .register(registry);
        unreadable = Counter.builder("reprise_sensor_unreadable_records")
                .description("Records that could not be read for a step that waited, and were passed")
                .register(registry);
        Gauge.builder("reprise_sensor_open_waits", open, AtomicLong::get)
                .description("Steps that wait for a record of a topic that this worker reads")
                .register(registry);
    }

    void open(long waits) {
        open.set(waits);
    }

    void answered() {
        answered.increment();
    }

    void passed(long records) {
        unreadable.increment((double) records);
    }
}
