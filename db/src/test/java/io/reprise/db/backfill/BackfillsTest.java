package io.reprise.db.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.reprise.db.Ledger;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.backfill.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackfillsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final Backfills backfills = ledger.backfills();
    private final BackfillSlots slots = ledger.backfillSlots();

    @Test
    void tellWhatTheyWillDoAboutEachSlotAndWhy() {
        Backfill created = backfills.create(
                daily("told"),
                List.of(
                        new PlannedSlot("2026-11-03", true, "no run yet"),
                        new PlannedSlot("2026-11-02", false, "succeeded as run 01JDA"),
                        new PlannedSlot("2026-11-01", true, "failed as run 01JDB")));

        assertThat(backfills.byId(created.backfillId())).contains(created);
        assertThat(slots.page(created.backfillId(), Optional.empty(), PageRequest.first(10))
                        .items())
                .extracting(BackfillSlot::place, BackfillSlot::slot, BackfillSlot::state, BackfillSlot::why)
                .containsExactly(
                        tuple(1, "2026-11-03", SlotState.PLANNED, "no run yet"),
                        tuple(2, "2026-11-02", SlotState.SKIPPED, "succeeded as run 01JDA"),
                        tuple(3, "2026-11-01", SlotState.PLANNED, "failed as run 01JDB"));
        assertThat(slots.next(created.backfillId(), 1))
                .extracting(BackfillSlot::slot)
                .containsExactly("2026-11-03");
    }

    @Test
    void moveEachSlotOnce() {
        String id = planned("moved", 2).backfillId();

        assertThat(slots.started(id, "2020-01-01", "01JDA")).isTrue();
        assertThat(slots.started(id, "2020-01-01", "01JDB")).isFalse();
        assertThat(slots.running(id, 10)).extracting(BackfillSlot::runId).containsExactly(Optional.of("01JDA"));
        assertThat(slots.ended(id, "2020-01-01", SlotState.FAILED, Optional.of("no such table")))
                .isTrue();
        assertThat(slots.ended(id, "2020-01-01", SlotState.DONE, Optional.empty()))
                .isFalse();

        assertThat(slots.page(id, Optional.of(SlotState.FAILED), PageRequest.first(10))
                        .items())
                .singleElement()
                .satisfies(failed -> assertThat(failed.error()).contains("no such table"));
    }

    @Test
    void countThemselvesAndTellHowLongTheRestTakes() {
        String id = planned("counted", 6).backfillId();
        assertThat(slots.progress(id).left()).isEmpty();
        for (int day = 1; day <= 2; day++) {
            slots.started(id, "2020-01-0" + day, "run-" + day);
            clock.pass(Duration.ofSeconds(10));
            slots.ended(id, "2020-01-0" + day, SlotState.DONE, Optional.empty());
        }
        slots.started(id, "2020-01-03", "run-3");

        BackfillProgress progress = slots.progress(id);

        assertThat(progress).isEqualTo(new BackfillProgress(3, 1, 2, 0, 0, 0, Optional.of(Duration.ofSeconds(10))));
        assertThat(progress.all()).isEqualTo(6);
        assertThat(progress.left()).contains(Duration.ofSeconds(40));
    }

    @Test
    void pauseResumeAndEndByCompareAndSet() {
        String id = planned("paused", 2).backfillId();

        assertThat(move(id, BackfillState.RUNNING, BackfillState.PAUSED, "month end"))
                .hasValueSatisfying(it -> assertThat(it.reason()).contains("month end"));
        assertThat(move(id, BackfillState.RUNNING, BackfillState.PAUSED, "again"))
                .isEmpty();
        assertThat(move(id, BackfillState.PAUSED, BackfillState.RUNNING, "over"))
                .isPresent();
        assertThat(move(id, BackfillState.RUNNING, BackfillState.CANCELLED, "not wanted"))
                .hasValueSatisfying(it -> assertThat(it.endedAt()).contains(clock.instant()));
        assertThat(slots.cancelPlanned(id)).isEqualTo(2);
        assertThat(move(id, BackfillState.RUNNING, BackfillState.DONE, "late")).isEmpty();
        assertThat(move("unknown", BackfillState.RUNNING, BackfillState.DONE, "who"))
                .isEmpty();
    }

    @Test
    void runWhatFailedOnceMore() {
        String id = planned("again", 2).backfillId();
        slots.started(id, "2020-01-01", "run-1");
        slots.ended(id, "2020-01-01", SlotState.FAILED, Optional.of("why"));
        slots.ended(id, "2020-01-02", SlotState.DONE, Optional.empty());
        move(id, BackfillState.RUNNING, BackfillState.DONE, "all ended");

        assertThat(slots.planFailedAgain(id)).isEqualTo(1);
        assertThat(move(id, BackfillState.DONE, BackfillState.RUNNING, "failed ones again"))
                .hasValueSatisfying(it -> assertThat(it.endedAt()).isEmpty());

        assertThat(slots.next(id, 10)).singleElement().satisfies(slot -> {
            assertThat(slot.slot()).isEqualTo("2020-01-01");
            assertThat(slot.error()).isEmpty();
        });
    }

    @Test
    void areListedAndForgotten() {
        Backfill first = planned("listed", 1);
        Backfill second = planned("listed", 1);
        move(first.backfillId(), BackfillState.RUNNING, BackfillState.DONE, "over");
        clock.pass(Duration.ofDays(90));

        assertThat(backfills
                        .page(Optional.of("listed"), Optional.empty(), PageRequest.first(10))
                        .items())
                .extracting(Backfill::backfillId)
                .containsExactly(second.backfillId(), first.backfillId());
        assertThat(backfills
                        .page(Optional.of("listed"), Optional.of(BackfillState.DONE), PageRequest.first(10))
                        .items())
                .hasSize(1);
        backfills.forgetEndedBefore(clock.instant().minus(Duration.ofDays(30)));
        assertThat(backfills.byId(first.backfillId())).isEmpty();
        assertThat(slots.progress(first.backfillId()).all()).isZero();
        assertThat(backfills.byId(second.backfillId())).isPresent();
    }

    @Test
    void holdManyYearsOfSlots() {
        Backfill backfill = planned("years", 20_000);

        assertThat(slots.progress(backfill.backfillId()).planned()).isEqualTo(20_000);
        assertThat(slots.next(backfill.backfillId(), 500)).hasSize(500);
    }

    @Test
    void refuseBoundsThatAreReversed() {
        assertThatThrownBy(() -> backfill("daily", "2026-11-03", "2026-11-01"))
                .hasMessage("cannot backfill daily from 2026-11-03 to 2026-11-01"
                        + " (expected: the first slot, then the last)");
    }

    private Backfill planned(String pipeline, int days) {
        List<PlannedSlot> planned = IntStream.range(0, days)
                .mapToObj(day -> new PlannedSlot(
                        LocalDate.parse("2020-01-01").plusDays(day).toString(), true, "no run yet"))
                .toList();
        return backfills.create(daily(pipeline), planned);
    }

    private Optional<Backfill> move(String id, BackfillState from, BackfillState to, String reason) {
        return backfills.move(id, Set.of(from), to, Optional.of(reason));
    }

    private static NewBackfill daily(String pipeline) {
        return backfill(pipeline, "2020-01-01", "2026-11-03");
    }

    private static NewBackfill backfill(String pipeline, String from, String to) {
        return new NewBackfill(
                pipeline,
                from,
                to,
                Policy.FAILED,
                SlotOrder.NEWEST,
                4,
                DefinitionRule.CURRENT,
                Optional.of("0".repeat(64)),
                "{\"region\":\"EU\"}",
                List.of("capture"),
                "ann");
    }
}
