package io.reprise.bench.pipeline;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.workflows.backfill.BackfillStart;
import io.reprise.workflows.run.Name;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** How fast the slots of a backfill go by in which there is nothing to do, and how long its workflow's history becomes. */
public final class BackfillBench {

    private static final String PIPELINE = "empty-day";
    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final int WARM_UP = 200;

    private final int slots;
    private final int parallel;
    private final Path logs;
    private final Consumer<String> progress;

    public BackfillBench(int slots, int parallel, Path logs, Consumer<String> progress) {
        this.slots = slots;
        this.parallel = parallel;
        this.logs = logs;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        progress.accept("logs in " + logs);
        try (Arena arena = Arena.open(logs)) {
            LocalDate measured = FIRST.plusDays(WARM_UP);
            backfilled(arena, FIRST, measured.minusDays(1), parallel);
            progress.accept("warm; " + slots + " slots, " + parallel + " at once");
            long begun = System.nanoTime();
            String id = backfilled(arena, measured, measured.plusDays(slots - 1L), parallel);
            double seconds = (System.nanoTime() - begun) / 1e9;
            requireAllSucceeded(arena.warehouse());
            List<Long> histories = arena.historyLengths(new BackfillStart(new Name(PIPELINE), id).workflowId());
            return BenchResult.here(
                    "backfill",
                    List.of(
                            Figure.count("slots", slots),
                            Figure.of("slots, " + parallel + " at once", slots / seconds, "slots/s"),
                            Figure.count("executions of its workflow", histories.size()),
                            Figure.count(
                                    "events in the longest history",
                                    histories.stream()
                                            .mapToLong(Long::longValue)
                                            .max()
                                            .orElseThrow())));
        }
    }

    private static String backfilled(Arena arena, LocalDate from, LocalDate to, int parallel) throws Exception {
        return arena.backfilled("{\"pipeline\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"parallel\":%d}"
                .formatted(PIPELINE, from, to, parallel));
    }

    private void requireAllSucceeded(Warehouse warehouse) throws Exception {
        long succeeded = warehouse.count("select count(*) from reprise.run where workflow_id like 'pipeline/" + PIPELINE
                + "/%' and forward = 'SUCCEEDED'");
        if (succeeded != WARM_UP + slots) {
            throw new IllegalStateException("found " + succeeded + " slots that succeeded (expected: "
                    + (WARM_UP + slots) + ", or there is no figure)");
        }
    }
}
