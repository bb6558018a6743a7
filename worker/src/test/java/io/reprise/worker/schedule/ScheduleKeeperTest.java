package io.reprise.worker.schedule;

import static io.reprise.worker.schedule.ScheduleStage.PATIENCE;
import static io.reprise.worker.schedule.ScheduleStage.today;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.db.run.Run;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.run.TaskQueues;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.schedule.LaunchOrder;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ScheduleKeeperTest {

    private static ScheduleStage stage;

    @BeforeAll
    static void startServers() {
        stage = new ScheduleStage(TemporalSettings.at(Placement.temporary(), SearchAttributes.all()));
        assertThat(stage.isInMemory()).isFalse();
    }

    @AfterAll
    static void stopServers() {
        stage.close();
    }

    @Test
    void temporalsScheduleFollowsTheLedgersThroughEveryChange() {
        stage.applyDaily(today(), "kept");
        try (ScheduleKeeper _ = stage.scheduling().keep(stage.temporal())) {
            await().atMost(PATIENCE).until(() -> found("kept").isPresent());

            stage.ledger().schedules().pause("kept", "the source is repaired", "ann");
            await().atMost(PATIENCE).until(() -> state("kept").isPaused());
            assertThat(state("kept").getNote()).isEqualTo("the source is repaired");

            stage.ledger().schedules().resume("kept");
            stage.apply("30 6 * * *", today(), "kept");
            await().atMost(PATIENCE).until(() -> terms("kept").contains("30 6 * * *"));
            assertThat(state("kept").isPaused()).isFalse();

            stage.applyDaily(today(), "another");
            await().atMost(PATIENCE).until(() -> found("kept").isEmpty());
        }
    }

    @Test
    void aSlotThatTwoKeepersCatchUpAndTemporalFiresHasOneRun() {
        stage.applyDaily(today().minusDays(29), "raced");
        Scheduling scheduling = stage.scheduling();
        try (TaskQueues _ = stage.serve(scheduling.registration());
                ScheduleKeeper _ = stage.scheduling().keep(stage.temporal());
                ScheduleKeeper _ = stage.scheduling().keep(stage.temporal())) {
            await().atMost(PATIENCE).until(() -> found("raced").isPresent());
            handle("raced")
                    .backfill(List.of(new ScheduleBackfill(
                            startOf(29).minusSeconds(1),
                            startOf(0),
                            ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL)));

            await().atMost(PATIENCE).until(() -> stage.runs("raced").size() == 30);
            await().atMost(PATIENCE)
                    .until(() -> found("raced").orElseThrow().getInfo().getNumActions() >= 30);
        }

        assertThat(stage.runs("raced")).extracting(Run::generation).containsOnly(1);
        assertThat(stage.runs("raced")).hasSize(30);
    }

    private static Instant startOf(int daysAgo) {
        return today().minusDays(daysAgo).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static ScheduleHandle handle(String pipeline) {
        return ScheduleClient.newInstance(stage.temporal().getWorkflowServiceStubs())
                .getHandle("schedule/" + pipeline);
    }

    private static Optional<ScheduleDescription> found(String pipeline) {
        try {
            return Optional.of(handle(pipeline).describe());
        } catch (ScheduleException none) {
            return Optional.empty();
        }
    }

    private static ScheduleState state(String pipeline) {
        return Objects.requireNonNull(
                found(pipeline).orElseThrow().getSchedule().getState());
    }

    private static String terms(String pipeline) {
        ScheduleActionStartWorkflow action = (ScheduleActionStartWorkflow) Objects.requireNonNull(
                found(pipeline).orElseThrow().getSchedule().getAction());
        return action.getArguments().get(0, LaunchOrder.class).terms();
    }
}
