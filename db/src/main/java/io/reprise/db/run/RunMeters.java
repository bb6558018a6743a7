package io.reprise.db.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToIntFunction;

/**
 * How many runs stand where, as the ledger has it: the same numbers wherever they are asked for, unknown while it does not
 * answer.
 */
public final class RunMeters implements MeterBinder {

    private final RecentRunCounts counts;

    public RunMeters(RecentRunCounts counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "reprise_run_queued_runs", "Accepted runs that wait to be started", RunCounts::queued);
        gauge(registry, "reprise_run_open_runs", "Runs that are under way", RunCounts::open);
        gauge(registry, "reprise_run_stuck_runs", "Runs that wait for a person", RunCounts::stuck);
        gauge(registry, "reprise_run_failing_workflow_tasks", "Runs whose workflow code fails", RunCounts::failing);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToIntFunction<RunCounts> number) {
        Gauge.builder(
                        name,
                        () -> counts.get()
                                .map(it -> (Number) number.applyAsInt(it))
                                .orElse(Double.NaN))
                .description(description)
                .register(registry);
    }
}
