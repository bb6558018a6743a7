package io.reprise.activities.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.schedule.ScheduleStage;
import io.reprise.activities.schedule.Sketches;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillProgress;
import io.reprise.db.backfill.BackfillSlot;
import io.reprise.db.backfill.BackfillState;
import io.reprise.db.backfill.DefinitionRule;
import io.reprise.db.backfill.NewBackfill;
import io.reprise.db.backfill.PlannedSlot;
import io.reprise.db.backfill.SlotOrder;
import io.reprise.db.backfill.SlotState;
import io.reprise.db.run.Run;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.backfill.BackfillTurn;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.run.Forward;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotRoundsTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final LedgerBackfills backfills = new LedgerBackfills(
            stage.ledger().backfills(),
            new SlotRounds(
                    stage.ledger().backfillSlots(),
                    stage.ledger().runs(),
                    new BackfillRequests(stage.pipelines()),
                    stage.acceptance()));

    @BeforeEach
    void applyCatalog() {
        stage.apply(Sketches.daily("daily"));
    }

    @Test
    void startsNoMoreAtOnceThanWasAskedForAndTheNextWhenOneHasEnded() {
        Backfill backfill = take(Policy.NONE, 2, days(1, 4));

        round(backfill);
        List<String> first = stage.workflowIds("daily");
        stage.end("daily", "2026-09-02", Forward.SUCCEEDED);
        round(backfill);

        assertThat(first).containsExactly("daily/2026-09-01", "daily/2026-09-02");
        assertThat(stage.workflowIds("daily"))
                .containsExactly("daily/2026-09-01", "daily/2026-09-02", "daily/2026-09-03");
        assertThat(stage.runs("daily").getFirst().source()).isEqualTo("backfill/" + backfill.backfillId());
    }

    @Test
    void isDoneWhenEverySlotCameToAnEndAndListsWhatFailed() {
        Backfill backfill = take(Policy.NONE, 4, days(1, 3));
        round(backfill);
        stage.end("daily", "2026-09-01", Forward.SUCCEEDED);
        stage.end("daily", "2026-09-02", Forward.FAILED);
        stage.end("daily", "2026-09-03", Forward.CANCELLED);

        BackfillTurn turn = drive(backfill);

        assertThat(turn).isEqualTo(BackfillTurn.ENDED);
        assertThat(found(backfill).state()).isEqualTo(BackfillState.DONE);
        assertThat(slots(backfill, SlotState.FAILED)).singleElement().satisfies(slot -> {
            assertThat(slot.slot()).isEqualTo("2026-09-02");
            assertThat(slot.error().orElseThrow()).contains("Failed", "3 rows are wrong");
        });
        assertThat(slots(backfill, SlotState.CANCELLED)).hasSize(1);
    }

    @Test
    void whatFailedIsRunAgainAsTheNextGeneration() {
        Backfill backfill = take(Policy.NONE, 4, days(1, 2));
        round(backfill);
        stage.end("daily", "2026-09-01", Forward.SUCCEEDED);
        stage.end("daily", "2026-09-02", Forward.FAILED);
        drive(backfill);

        stage.ledger().backfillSlots().planFailedAgain(backfill.backfillId());
        stage.ledger()
                .backfills()
                .move(backfill.backfillId(), Set.of(BackfillState.DONE), BackfillState.RUNNING, Optional.empty());
        round(backfill);

        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-09-01", "daily/2026-09-02~2");
    }

    @Test
    void whatAHeldRunOfTheSlotDidIsKept() {
        Backfill first = take(Policy.NONE, 1, days(1, 1));
        round(first);
        stage.endDone("daily", "2026-09-01", Forward.CANCELLED);
        drive(first);

        drive(take(Policy.FAILED, 1, days(1, 1)));

        Run second = stage.runs("daily").getFirst();
        assertThat(second.ref().workflowId().value()).isEqualTo("pipeline/daily/2026-09-01~2");
        assertThat(PipelineInput.read(stage.ledger().runs().input(second.ref()).orElseThrow())
                        .inherited())
                .extracting(kept -> kept.key().value())
                .containsExactly("pipeline/daily/2026-09-01:load");
    }

    @Test
    void aHeldSlotThatWasAskedForOtherwiseIsLeftAndFailsWithWhatToDoInstead() {
        Backfill first = take(Policy.NONE, 1, days(1, 1));
        round(first);
        stage.endDone("daily", "2026-09-01", Forward.CANCELLED);
        drive(first);
        stage.apply(Sketches.daily("daily").after("other"));

        Backfill backfill = take(Policy.FAILED, 1, days(1, 1));
        drive(backfill);

        assertThat(slots(backfill, SlotState.FAILED).getFirst().error().orElseThrow())
                .contains("was kept", "reprise run retry pipeline/daily/2026-09-01 --from STEP");
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-09-01");
    }

    @Test
    void aSlotThatSomebodyElseRanMeanwhileIsLeftByPolicyNone() {
        Backfill backfill = take(Policy.NONE, 1, days(1, 2));
        Backfill other = take(Policy.NONE, 1, List.of(new PlannedSlot("2026-09-01", true, "no run yet")));
        round(other);

        round(backfill);

        assertThat(slots(backfill, SlotState.SKIPPED))
                .singleElement()
                .satisfies(slot -> assertThat(slot.error().orElseThrow()).contains("is not started twice"));
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-09-01");
    }

    @Test
    void oneThatWasLostBetweenTheAcceptanceAndItsNoteFindsItsRunAgain() {
        Backfill backfill = take(Policy.ALL, 1, days(1, 1));
        round(backfill);
        String runId = stage.runs("daily").getFirst().ref().runId();
        forgetStart(backfill);

        round(backfill);

        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-09-01");
        assertThat(slots(backfill, SlotState.RUNNING).getFirst().runId()).contains(runId);
    }

    @Test
    void pausedItStartsNothingAndCancelledItNeverDoes() {
        Backfill backfill = take(Policy.NONE, 1, days(1, 5));
        round(backfill);
        move(backfill, BackfillState.RUNNING, BackfillState.PAUSED);
        stage.end("daily", "2026-09-01", Forward.SUCCEEDED);

        BackfillTurn paused = drive(backfill);
        move(backfill, BackfillState.PAUSED, BackfillState.CANCELLED);
        BackfillTurn cancelled = drive(backfill);

        BackfillProgress progress = stage.ledger().backfillSlots().progress(backfill.backfillId());
        assertThat(paused).isEqualTo(BackfillTurn.PAUSED);
        assertThat(cancelled).isEqualTo(BackfillTurn.ENDED);
        assertThat(progress.done()).isEqualTo(1);
        assertThat(progress.cancelled()).isEqualTo(4);
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-09-01");
    }

    @Test
    void aSlotWithoutADefinitionOfItsTimeFailsWithWhatToDoInstead() {
        Backfill backfill = take(Policy.NONE, 1, days(1, 1), DefinitionRule.AS_OF);

        round(backfill);

        assertThat(slots(backfill, SlotState.FAILED).getFirst().error().orElseThrow())
                .contains("there was no definition of it at 2026-09-02T00:00:00Z", "--definition current");
    }

    @Test
    void aSlotThatCannotBeAskedForFailsAndTheOthersGoOn() {
        Backfill backfill = take(List.of("verify"), days(1, 2));

        BackfillTurn turn = drive(backfill);

        assertThat(turn).isEqualTo(BackfillTurn.ENDED);
        assertThat(slots(backfill, SlotState.FAILED))
                .hasSize(2)
                .allSatisfy(slot -> assertThat(slot.error().orElseThrow()).contains("has no step [verify]"));
    }

    @Test
    void oneThatIsPausedInTheMiddleOfATurnStartsNoOther() {
        Backfill backfill = take(Policy.NONE, 4, days(1, 4));
        stage.afterNextAcceptance(() -> move(backfill, BackfillState.RUNNING, BackfillState.PAUSED));

        round(backfill);

        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-09-01");
    }

    private Backfill take(List<String> steps, List<PlannedSlot> slots) {
        return stage.ledger().backfills().create(wanted(Policy.NONE, 4, slots, DefinitionRule.CURRENT, steps), slots);
    }

    private Backfill take(Policy policy, int parallel, List<PlannedSlot> slots) {
        return take(policy, parallel, slots, DefinitionRule.CURRENT);
    }

    private Backfill take(Policy policy, int parallel, List<PlannedSlot> slots, DefinitionRule rule) {
        return stage.ledger().backfills().create(wanted(policy, parallel, slots, rule, List.of()), slots);
    }

    private static NewBackfill wanted(
            Policy policy, int parallel, List<PlannedSlot> slots, DefinitionRule rule, List<String> steps) {
        return new NewBackfill(
                "daily",
                slots.getFirst().slot(),
                slots.getLast().slot(),
                policy,
                SlotOrder.OLDEST,
                parallel,
                rule,
                Optional.empty(),
                "{}",
                steps,
                "ann");
    }

    private static List<PlannedSlot> days(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(day -> new PlannedSlot("2026-09-%02d".formatted(day), true, "no run yet"))
                .toList();
    }

    private SlotRound round(Backfill backfill) {
        return backfills.round(backfill.backfillId());
    }

    /** Until it is over, or waits for a run. */
    private BackfillTurn drive(Backfill backfill) {
        SlotRound round = round(backfill);
        for (int n = 0; n < 10 && round.turn() == BackfillTurn.GOES_ON; n++) {
            round = round(backfill);
        }
        return round.turn();
    }

    private void move(Backfill backfill, BackfillState from, BackfillState to) {
        stage.ledger().backfills().move(backfill.backfillId(), Set.of(from), to, Optional.of("to test"));
    }

    private Backfill found(Backfill backfill) {
        return stage.ledger().backfills().byId(backfill.backfillId()).orElseThrow();
    }

    private List<BackfillSlot> slots(Backfill backfill, SlotState state) {
        return stage.ledger()
                .backfillSlots()
                .page(backfill.backfillId(), Optional.of(state), PageRequest.first(100))
                .items();
    }

    /** As if whoever had the run accepted had been lost before it was noted. */
    private void forgetStart(Backfill backfill) {
        stage.execute("update reprise.backfill_slot set state = 'PLANNED', run_id = null, started_at = null"
                + " where backfill_id = '" + backfill.backfillId() + "'");
    }
}
