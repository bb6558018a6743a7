package io.reprise.bench.pipeline;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A day of events captured, verified and published against the bare {@code INSERT … SELECT} of the same rows, at several
 * reductions. Each day is measured once by each, and each day begins with the other one. At last a day is published again
 * although nothing has changed.
 */
public final class AggregateBench {

    // How much longer than the bare statement it may take, by how many events become one row.
    private static final Map<Integer, Double> GOALS = goals();

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    private static final int WARM_UP_DAYS = 20;
    private static final int WARM_UP_EVENTS = 2_000;

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
            arena.warehouse().fill(FIRST.minusDays(WARM_UP_DAYS), WARM_UP_DAYS, WARM_UP_EVENTS);
            arena.warehouse().fill(FIRST, days, eventsADay);
            warmUp(arena);
            List<Figure> figures = new ArrayList<>();
            for (Map.Entry<Integer, Double> goal : GOALS.entrySet()) {
                figures.addAll(compare(arena, goal.getKey(), goal.getValue()));
            }
            figures.addAll(again(arena, 6));
            requireSame(arena.warehouse());
            return BenchResult.here("aggregate", figures);
        }
    }

    private void warmUp(Arena arena) throws Exception {
        for (int reduction : GOALS.keySet()) {
            for (int day = 1; day <= WARM_UP_DAYS; day++) {
                published(arena, FIRST.minusDays(day), reduction);
                barely(arena.warehouse(), FIRST.minusDays(day), reduction);
            }
        }
        progress.accept("warm: " + WARM_UP_DAYS + " small days at each reduction");
    }

    private List<Figure> compare(Arena arena, int reduction, double goal) throws Exception {
        double published = 0;
        double bare = 0;
        for (int number = 0; number < days; number++) {
            LocalDate day = FIRST.plusDays(number);
            if (number % 2 == 0) {
                published += published(arena, day, reduction);
                bare += barely(arena.warehouse(), day, reduction);
            } else {
                bare += barely(arena.warehouse(), day, reduction);
                published += published(arena, day, reduction);
            }
            progress.accept("%d:1, after %s: %.2f s published, %.2f s bare".formatted(reduction, day, published, bare));
        }
        String subject = "%d:1, %d events".formatted(reduction, eventsADay);
        return List.of(
                Figure.of(subject + ", published", published / days, "s"),
                Figure.of(subject + ", bare", bare / days, "s"),
                Figure.of(subject + ", published / bare", published / bare, "ratio", Goal.atMost(goal)));
    }

    private static double published(Arena arena, LocalDate day, int reduction) throws Exception {
        long begun = System.nanoTime();
        arena.endings()
                .awaitSuccess(arena.door()
                        .run(
                                "{\"kind\":\"pipeline\",\"name\":\"aggregate\",\"slot\":\"%s\",\"parameters\":{\"reduction\":\"%d\"}}"
                                        .formatted(day, reduction)));
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double barely(Warehouse warehouse, LocalDate day, int reduction) throws SQLException {
        long begun = System.nanoTime();
        warehouse.change("""
                insert into bench.summary_barely (day, reduction, bucket, events, visitors, amount)
                select day, %2$d, number / %2$d, count(*), count(distinct visitor), sum(amount)
                from bench.events where day = '%1$s' group by day, number / %2$d""".formatted(day, reduction));
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The first day once more, by a backfill that repeats what is done: its rows have to stay those that they were. */
    private List<Figure> again(Arena arena, int reduction) throws Exception {
        Warehouse warehouse = arena.warehouse();
        long before = warehouse.count("select pg_current_xact_id()::text::bigint");
        long begun = System.nanoTime();
        arena.backfilled(
                "{\"pipeline\":\"aggregate\",\"from\":\"%1$s\",\"to\":\"%1$s\",\"policy\":\"all\",\"parameters\":{\"reduction\":\"%2$d\"}}"
                        .formatted(FIRST, reduction));
        double seconds = (System.nanoTime() - begun) / 1e9;
        long rewritten =
                warehouse.count("select count(*) from bench.summary where xmin::text::bigint > %d".formatted(before));
        String subject = "%d:1, unchanged day again".formatted(reduction);
        return List.of(
                Figure.of(subject, seconds, "s"),
                Figure.of(subject + ", rows rewritten", (double) rewritten, "rows", Goal.atMost(0)));
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
