package io.reprise.worker.backfill;

import static io.reprise.worker.schedule.ScheduleStage.PATIENCE;
import static io.reprise.worker.schedule.ScheduleStage.today;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillProgress;
import io.reprise.db.backfill.BackfillState;
import io.reprise.db.backfill.DefinitionRule;
import io.reprise.db.backfill.NewBackfill;
import io.reprise.db.backfill.PlannedSlot;
import io.reprise.db.backfill.SlotOrder;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.schedule.ScheduleStage;
import io.reprise.worker.shared.Rounds;
import io.reprise.workflows.backfill.BackfillStart;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.SearchAttributes;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BackfillingTest {

    private static final LocalDate FIRST = LocalDate.parse("2020-01-01");
    // Of the 51,200 at which Temporal ends a workflow.
    private static final int FEW_EVENTS = 200;

    private static ScheduleStage stage;

    @BeforeAll
    static void startServers() {
        stage = new ScheduleStage(TemporalSettings.at(Placement.temporary(), SearchAttributes.all()));
        stage.applyDaily(today(), "long", "short");
    }

    @AfterAll
    static void stopServers() {
        stage.close();
    }

    @Test
    void aThousandSlotsAreEachRunOnceThoughAWorkerIsLostAndItIsPaused() throws Exception {
        Backfill backfill = take("long", 1_000, 5);
        Backfilling backfilling = new Backfilling(stage.ledger(), stage.acceptance());
        try (TaskQueues _ = stage.serve(backfilling.registration());
                Rounds _ = backfilling.watch(stage.temporal())) {
            await().atMost(PATIENCE).until(() -> progress(backfill).done() >= 100);
        }
        move(backfill, BackfillState.RUNNING, BackfillState.PAUSED);
        int whilePaused;
        try (TaskQueues _ = stage.serve(backfilling.registration())) {
            await().atMost(PATIENCE).until(() -> progress(backfill).running() == 0);
            whilePaused = progress(backfill).done();
            move(backfill, BackfillState.PAUSED, BackfillState.RUNNING);
            try (Rounds _ = backfilling.watch(stage.temporal())) {
                await().atMost(PATIENCE).until(() -> found(backfill).state() == BackfillState.DONE);
            }
        }

        assertThat(whilePaused).isBetween(100, 999);
        assertThat(progress(backfill).done()).isEqualTo(1_000);
        assertThat(stage.ledger().runs().openOf("long")).isZero();
        assertThat(events(backfill)).isLessThan(FEW_EVENTS);
    }

    @Test
    void cancelledInTheMiddleItStartsNoOther() throws Exception {
        Backfill backfill = take("short", 500, 1);
        Backfilling backfilling = new Backfilling(stage.ledger(), stage.acceptance());
        try (TaskQueues _ = stage.serve(backfilling.registration());
                Rounds _ = backfilling.watch(stage.temporal())) {
            await().atMost(PATIENCE).until(() -> progress(backfill).done() >= 3);

            move(backfill, BackfillState.RUNNING, BackfillState.CANCELLED);

            await().atMost(PATIENCE)
                    .until(() -> progress(backfill).running() == 0
                            && progress(backfill).planned() == 0);
        }

        BackfillProgress ended = progress(backfill);
        assertThat(ended.cancelled()).isPositive();
        assertThat(ended.done() + ended.cancelled()).isEqualTo(500);
        assertThat(stage.runs("short")).hasSize(ended.done());
    }

    private static Backfill take(String pipeline, int days, int parallel) {
        List<PlannedSlot> slots = IntStream.range(0, days)
                .mapToObj(day -> new PlannedSlot(FIRST.plusDays(day).toString(), true, "no run yet"))
                .toList();
        NewBackfill wanted = new NewBackfill(
                pipeline,
                slots.getFirst().slot(),
                slots.getLast().slot(),
                Policy.NONE,
                SlotOrder.OLDEST,
                parallel,
                DefinitionRule.CURRENT,
                Optional.empty(),
                "{}",
                List.of(),
                "ann");
        return stage.ledger().backfills().create(wanted, slots);
    }

    private static BackfillProgress progress(Backfill backfill) {
        return stage.ledger().backfillSlots().progress(backfill.backfillId());
    }

    private static Backfill found(Backfill backfill) {
        return stage.ledger().backfills().byId(backfill.backfillId()).orElseThrow();
    }

    private static void move(Backfill backfill, BackfillState from, BackfillState to) {
        assertThat(stage.ledger().backfills().move(backfill.backfillId(), Set.of(from), to, Optional.of("to test")))
                .isPresent();
    }

    private static int events(Backfill backfill) {
        String id = new BackfillStart(new Name(backfill.pipeline()), backfill.backfillId()).workflowId();
        return stage.temporal().fetchHistory(id).getEvents().size();
    }
}
