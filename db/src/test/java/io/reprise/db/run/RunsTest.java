package io.reprise.db.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final int RUNS = 30_000;

    private final Ledger ledger = DATABASE.at(Clock.systemUTC());
    private final Runs runs = ledger.runs();

    /** Thirty thousand runs in two months: one in 500 failed, one in 1,000 is stuck, a handful is queued or running. */
    @BeforeAll
    static void manyRuns() {
        DATABASE.at(Clock.systemUTC())
                .partitions()
                .ensure(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-20"));
        DATABASE.sql().execute("""
                insert into reprise.run (run_id, started_on, workflow_id, workflow_type, task_queue, feature, name, slot,
                    generation, order_rule, source, input, input_hash, mode, forward, compensation, accepted_at,
                    updated_at, ended_at)
                select '01JDA' || lpad(n::text, 21, '0'),
                       case when n <= %1$d / 2 then date '2026-10-15' else date '2026-11-15' end,
                       'order/o-' || n, 'order', 'order', 'order', 'o-' || n,
                       case when n %% 300 = 0 then '2026-11-' || lpad((n %% 28 + 1)::text, 2, '0') end,
                       1, 'none', 'http', '{}', '\\x00', 'REGULAR',
                       case when n > %1$d - 5 then 'QUEUED' when n > %1$d - 10 then 'RUNNING'
                            when n %% 500 = 0 then 'FAILED' else 'SUCCEEDED' end,
                       case when n <= %1$d - 10 and n %% 1000 = 0 then 'STUCK'
                            when n <= %1$d - 10 and n %% 500 = 0 then 'DONE' else 'NONE' end,
                       now(), now(),
                       case when n > %1$d - 10 or n %% 1000 = 0 then null else now() end
                from generate_series(1, %1$d) as n order by n""".formatted(RUNS));
        DATABASE.sql().execute("analyze reprise.run");
    }

    static List<RunFilter> filters() {
        List<RunFilter> filters = new ArrayList<>(List.of(
                RunFilter.ALL,
                RunFilter.ALL.feature("order"),
                RunFilter.ALL.feature("order").name("o-77"),
                RunFilter.ALL.name("o-77"),
                RunFilter.ALL.slot("2026-11-13"),
                RunFilter.ALL.since(Instant.parse("2026-11-19T00:00:00Z")),
                RunFilter.ALL.feature("order").forward(Forward.FAILED),
                RunFilter.ALL.compensation(Compensation.STUCK).forward(Forward.FAILED)));
        // A step may be skipped; of no run can that be said, and PostgreSQL knows.
        for (Forward forward : EnumSet.complementOf(EnumSet.of(Forward.SKIPPED))) {
            filters.add(RunFilter.ALL.forward(forward));
        }
        for (Compensation compensation : Compensation.values()) {
            filters.add(RunFilter.ALL.compensation(compensation));
        }
        return filters;
    }

    @ParameterizedTest
    @MethodSource("filters")
    void findsEveryListedPageThroughAnIndex(RunFilter filter) {
        String plan = DATABASE.sql()
                .explain(runs.listing(filter, PageRequest.first(50)))
                .plan();

        assertThat(plan).doesNotContain("Seq Scan on run_2026_10", "Seq Scan on run_2026_11");
        assertThat(plan).contains("run_2026_11").contains("Index");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void pagesThroughExactlyTheRunsThatMatch(RunFilter filter) {
        List<Long> paged = new ArrayList<>();
        PageRequest request = PageRequest.first(500);
        OptionalLong next;
        do {
            Page<Run> page = runs.page(filter, request);
            page.items().forEach(run -> paged.add(run.seq()));
            next = page.next();
            request = request.after(next.orElse(0));
        } while (next.isPresent() && paged.size() < 3_000);

        assertThat(paged).doesNotHaveDuplicates().isSortedAccordingTo((one, two) -> Long.compare(two, one));
    }

    @ParameterizedTest
    @EnumSource(Compensation.class)
    void countsWhatAFilterShows(Compensation compensation) {
        int expected = switch (compensation) {
            case STUCK -> 29;
            case DONE -> 30;
            case RUNNING, PARTIAL -> 0;
            case NONE -> 500;
        };

        Page<Run> page = runs.page(RunFilter.ALL.compensation(compensation), PageRequest.first(500));

        assertThat(page.items()).hasSize(expected);
    }

    @Test
    void findsTheSweepersAndTheStartersRunsThroughAnIndex() {
        String open = DATABASE.sql()
                .fetch("explain select 1 from reprise.run where ended_at is null"
                        + " and forward <> 'QUEUED' and seq > 0 order by seq limit 100")
                .formatCSV();
        String queued = DATABASE.sql()
                .fetch("explain select 1 from reprise.run where forward = 'QUEUED' order by seq limit 100")
                .formatCSV();

        assertThat(open).doesNotContain("Seq Scan on run_2026_10", "Seq Scan on run_2026_11");
        assertThat(queued).doesNotContain("Seq Scan on run_2026_10", "Seq Scan on run_2026_11");
        assertThat(runs.open(0, Instant.now().plusSeconds(60), 1_000)).hasSize(5 + 29);
        assertThat(runs.counts()).isEqualTo(new RunCounts(5, 34, 29, 0));
    }

    @Test
    void findsNothingForAnIdThatIsNone() {
        assertThat(runs.byId("order/o-1")).isEmpty();
        assertThat(runs.byId("01JDAZZZZZZZZZZZZZZZZZZZZZ")).isEmpty();
    }
}
