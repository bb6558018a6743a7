package io.reprise.bench.shared;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long operations took, from many threads, in microseconds up to ten minutes. */
public final class Latencies {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;

    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    public void record(Duration took) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(took.toNanos()), 0, LONGEST_MICROS));
    }

    public void add(Latencies others) {
        micros.add(others.micros);
    }

    public long count() {
        return micros.getTotalCount();
    }

    public double millisAt(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    public double longestMillis() {
        return micros.getMaxValue() / 1000.0;
    }
}
