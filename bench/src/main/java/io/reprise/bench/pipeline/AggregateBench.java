package io.reprise.bench.pipeline;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A day of events captured, verified and published against the bare {@code INSERT … SELECT} of the same rows, at several
 * reductions. Each day is measured once by each, and each day begins with the other one.
 */
public final class AggregateBench {

    // How much longer than the bare statement it may take, by how many events become one row.
    private static final Map<Integer, Double> GOALS = goals();

    private static final String DIFFERENT = """
            select count(*) from (
                (table bench.summary except table bench.summary_barely)
                union all (table bench.summary_barely except table bench.summary)) as different""";

    private final int days;
    private final int eventsADay;
    private final Path logs;
    private final Consumer<String> progress;

    public AggregateBench(int days, int eventsADay, Path logs, Consumer<String> progress) {
        this.days = days;
        this.eventsADay = eventsADay;
        this.logs = logs;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        progress.accept("logs in " + logs);
        try (Arena arena = Arena.open(logs)) {
            progress.accept("filling in " + days + " days of " + eventsADay + " events");
            arena.warehouse().fill(days, eventsADay);
            List<Figure> figures = new ArrayList<>();
            for (Map.Entry<Integer, Double> goal : GOALS.entrySet()) {
                figures.addAll(compare(arena, goal.getKey(), goal.getValue()));
            }
            requireSame(arena.warehouse());
            return BenchResult.here("aggregate", figures);
        }
    }

    private List<Figure> compare(Arena arena, int reduction, double goal) throws Exception {
        double published = 0;
        double bare = 0;
        for (int day = 1; day <= days; day++) {
            String slot = "2026-11-%02d".formatted(day);
            if (day % 2 == 0) {
                bare += barely(arena.warehouse(), slot, reduction);
                published += published(arena, slot, reduction);
            } else {
                published += published(arena, slot, reduction);
                bare += barely(arena.warehouse(), slot, reduction);
            }
            progress.accept(
                    "%d:1, after day %d: %.2f s published, %.2f s bare".formatted(reduction, day, published, bare));
        }
        String subject = "%d:1, %d events".formatted(reduction, eventsADay);
        return List.of(
                Figure.of(subject + ", published", published / days, "s"),
                Figure.of(subject + ", bare", bare / days, "s"),
                Figure.of(subject + ", published / bare", published / bare, "ratio", Goal.atMost(goal)));
    }

    private static double published(Arena arena, String slot, int reduction) throws Exception {
        long begun = System.nanoTime();
        arena.endings()
                .awaitSuccess(arena.door()
                        .run(
                                "{\"kind\":\"pipeline\",\"name\":\"aggregate\",\"slot\":\"%s\",\"parameters\":{\"reduction\":\"%d\"}}"
                                        .formatted(slot, reduction)));
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double barely(Warehouse warehouse, String slot, int reduction) throws SQLException {
        long begun = System.nanoTime();
        warehouse.change("""
                insert into bench.summary_barely (day, reduction, bucket, events, amount)
                select day, %2$d, number / %2$d, count(*), sum(amount)
                from bench.events where day = '%1$s' group by day, number / %2$d""".formatted(slot, reduction));
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void requireSame(Warehouse warehouse) throws SQLException {
        long different = warehouse.count(DIFFERENT);
        if (different != 0) {
            throw new IllegalStateException("what was published differs from the bare rows in " + different
                    + " rows (expected: none, or there is no figure)");
        }
    }

    private static Map<Integer, Double> goals() {
        Map<Integer, Double> goals = new LinkedHashMap<>();
        goals.put(100, 1.3);
        goals.put(6, 1.6);
        goals.put(1, 2.5);
        return goals;
    }
}
