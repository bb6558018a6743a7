package io.reprise.db.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.ledger.Tables;
import io.reprise.db.pipeline.CatalogApplied;
import io.reprise.db.pipeline.CatalogPlan;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Orders;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunOrder;
import io.reprise.db.shared.Concurrently;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchedulesTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ScheduleTerms DAILY = terms("daily", "0 0 * * *");
    private static final ScheduleTerms HOURLY = terms("hourly", "0 * * * *");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final Schedules schedules = ledger.schedules();

    @BeforeEach
    void emptyLedger() {
        DATABASE.sql().truncate(Tables.SCHEDULE).execute();
        DATABASE.sql().truncate(Tables.RUN).execute();
        DATABASE.sql().truncate(Tables.RUN_KEY).execute();
    }

    @Test
    void areDeclaredWithTheCatalogThatHasThem() {
        CatalogPlan added = apply(DAILY, HOURLY);
        CatalogPlan again = apply(DAILY, HOURLY);
        ScheduleTerms later = terms("daily", "0 6 * * *");
        CatalogPlan changed = apply(later);

        assertThat(effects(added)).containsExactly("ADDED daily", "ADDED hourly");
        assertThat(again.changesNothing()).isTrue();
        assertThat(effects(changed)).containsExactly("CHANGED daily", "REMOVED hourly");
        assertThat(schedules.byPipeline("daily").orElseThrow().terms()).isEqualTo(later);
        assertThat(schedules.byPipeline("hourly")).isEmpty();
    }

    @Test
    void keepAPauseAndTheirPlaceInTimeThroughEveryChange() {
        apply(DAILY);
        schedules.pause("daily", "the source is being repaired", "ann");
        schedules.checked("daily", Optional.empty(), START);
        clock.pass(Duration.ofHours(1));

        apply();
        apply(terms("daily", "0 6 * * *"));
        schedules.pause("daily", "twice", "bob");

        Schedule kept = schedules.byPipeline("daily").orElseThrow();
        assertThat(kept.pause())
                .contains(new Schedule.Pause(
                        "the source is being repaired", "ann", clock.instant().minus(Duration.ofHours(1))));
        assertThat(kept.checkedUntil()).contains(START);
        assertThat(schedules.resume("daily").orElseThrow().pause()).isEmpty();
        assertThat(schedules.pause("unknown", "why", "ann")).isEmpty();
        assertThat(schedules.resume("unknown")).isEmpty();
    }

    @Test
    void areAccountedForByOneOfManyThatTry() throws Exception {
        apply(DAILY);
        assertThat(schedules.checked("daily", Optional.empty(), START)).isTrue();

        List<Boolean> moved =
                Concurrently.run(6, i -> schedules.checked("daily", Optional.of(START), START.plusSeconds(i + 1)));

        assertThat(moved).containsOnlyOnce(true);
        assertThat(schedules.checked("daily", Optional.empty(), START)).isFalse();
        assertThat(schedules.lateChecked("daily", Optional.empty(), START)).isTrue();
        assertThat(schedules.lateChecked("daily", Optional.empty(), START)).isFalse();
    }

    @Test
    void tellTheSlotThatWasStartedLast() {
        apply(DAILY, HOURLY);

        schedules.started("daily", "2026-11-18", "01JDA");

        NamedPage<Schedule> page = schedules.page(NamedPageRequest.first(1));
        assertThat(page.items().getFirst().last())
                .contains(new Schedule.LastSlot("2026-11-18", "01JDA", clock.instant()));
        assertThat(schedules
                        .page(NamedPageRequest.first(1).after(page.next().orElseThrow()))
                        .items())
                .extracting(Schedule::pipeline)
                .containsExactly("hourly");
    }

    @Test
    void areForgottenSomeTimeAfterTheirRemoval() {
        apply(DAILY);
        schedules.pause("daily", "old", "ann");
        apply();
        clock.pass(Duration.ofDays(90));

        assertThat(schedules.forgetRemovedBefore(clock.instant().minus(Duration.ofDays(60))))
                .isEqualTo(1);
        apply(DAILY);
        assertThat(schedules.byPipeline("daily").orElseThrow().pause()).isEmpty();
    }

    @Test
    void findTheNewestRunOfEachSlotInARange() {
        accept("pipeline/daily/2026-11-17,EU");
        accept("pipeline/daily/2026-11-18,EU");
        accept("pipeline/daily/2026-11-18,EU~2");
        accept("pipeline/daily/2026-11-18,US");
        accept("pipeline/daily/2026-11-19,EU");
        accept("pipeline/other/2026-11-18,EU");

        NamedPage<Run> first = ofSlots("2026-11-18", "2026-11-19", NamedPageRequest.first(1));
        NamedPage<Run> second = ofSlots(
                "2026-11-18",
                "2026-11-19",
                NamedPageRequest.first(1).after(first.next().orElseThrow()));

        assertThat(first.items())
                .extracting(run -> run.ref().workflowId().value())
                .containsExactly("pipeline/daily/2026-11-18,EU~2");
        assertThat(second.items())
                .extracting(run -> run.ref().workflowId().value())
                .containsExactly("pipeline/daily/2026-11-18,US");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void findTheNewestRunOfOneSlotAndWhatWasAcceptedAfterARun() {
        accept("pipeline/daily/2026-11-17");
        accept("pipeline/daily/2026-11-17~2");
        accept("pipeline/daily/2026-11-18");

        Run newest = ledger.runs().ofSlot("daily", "2026-11-17").orElseThrow();

        assertThat(newest.generation()).isEqualTo(2);
        assertThat(ledger.runs().ofSlot("daily", "2026-11-1")).isEmpty();
        assertThat(ledger.runs().following("daily", newest.seq(), 10))
                .extracting(run -> run.slot().orElseThrow())
                .containsExactly("2026-11-18");
        assertThat(ledger.runs().openOf("daily")).isEqualTo(3);
        assertThat(ledger.runs().openOf("other")).isZero();
    }

    @Test
    void followAnotherPipelineFromNowOnAndAccountForEachRunOnce() {
        SlotFollowers followers = ledger.slotFollowers();
        accept("pipeline/daily/2026-11-17");
        long begin = followers.seen("report", "daily");
        accept("pipeline/daily/2026-11-18");

        Run next = ledger.runs().following("daily", begin, 10).getFirst();

        assertThat(next.slot()).contains("2026-11-18");
        assertThat(followers.moved("report", "daily", begin, next.seq())).isTrue();
        assertThat(followers.moved("report", "daily", begin, next.seq())).isFalse();
        assertThat(followers.seen("report", "daily")).isEqualTo(next.seq());
    }

    @Test
    void tellOnceThatASlotIsOverdue() throws Exception {
        OverdueSlots overdue = ledger.overdueSlots();

        List<Boolean> told = Concurrently.run(4, i -> overdue.tell("daily", "2026-11-18", START));

        assertThat(told).containsOnlyOnce(true);
        assertThat(overdue.last("daily")).contains("2026-11-18");
        assertThat(overdue.forgetBefore(clock.instant().plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void sayWhyTheServerDoesNotFireThem() {
        apply(DAILY);

        schedules.refused("daily", Optional.of("the server in memory has no schedules"));

        assertThat(schedules.byPipeline("daily").orElseThrow().refused())
                .contains("the server in memory has no schedules");
        schedules.refused("daily", Optional.empty());
        assertThat(schedules.byPipeline("daily").orElseThrow().refused()).isEmpty();
    }

    @Test
    void restateASlotOnceForEachChangeOfItsInput() {
        SlotInputs inputs = ledger.slotInputs();
        assertThat(inputs.seen(input("2026-11-18", "a"), Optional.empty())).isTrue();
        assertThat(inputs.seen(input("2026-11-18", "b"), Optional.empty())).isFalse();

        assertThat(inputs.seen(input("2026-11-18", "b"), Optional.of("a"))).isTrue();
        assertThat(inputs.seen(input("2026-11-18", "c"), Optional.of("a"))).isFalse();

        inputs.seen(input("2026-11-19", "d"), Optional.empty());
        assertThat(inputs.of("daily", "2026-11-18")).contains(input("2026-11-18", "b"));
        assertThat(inputs.page("daily", "2026-11-19", "2026-11-20", NamedPageRequest.first(10))
                        .items())
                .containsExactly(input("2026-11-19", "d"));
        assertThat(inputs.forgetBefore(clock.instant().plusSeconds(1))).isEqualTo(2);
    }

    private NamedPage<Run> ofSlots(String from, String before, NamedPageRequest request) {
        return ledger.runs().ofSlots("daily", from, before, request);
    }

    private void accept(String workflowId) {
        NewRun run = new NewRun(
                new WorkflowId(workflowId),
                "pipeline",
                "pipeline",
                Orders.INPUT,
                StepMode.REGULAR,
                "schedule",
                RunOrder.FREE);
        assertThat(ledger.acceptance().accept(run)).isInstanceOf(Accepted.New.class);
    }

    private SlotInput input(String slot, String digest) {
        return new SlotInput("daily", slot, digest, clock.instant(), Optional.empty());
    }

    private CatalogPlan apply(ScheduleTerms... terms) {
        NewCatalog catalog = new NewCatalog(List.of(), List.of(terms));
        return ((CatalogApplied.Current) ledger.definitions().apply(catalog, "ann", OptionalLong.empty())).plan();
    }

    private static List<String> effects(CatalogPlan plan) {
        return plan.schedules().stream()
                .map(it -> it.effect() + " " + it.pipeline())
                .toList();
    }

    private static ScheduleTerms terms(String pipeline, String cron) {
        return new ScheduleTerms(pipeline, cron, ZoneId.of("Europe/Berlin"), START, Missed.ALL, Duration.ofSeconds(30));
    }
}
