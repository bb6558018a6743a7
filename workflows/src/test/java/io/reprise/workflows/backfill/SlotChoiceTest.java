package io.reprise.workflows.backfill;

import static io.reprise.workflows.run.Compensation.DONE;
import static io.reprise.workflows.run.Compensation.NONE;
import static io.reprise.workflows.run.Compensation.PARTIAL;
import static io.reprise.workflows.run.Compensation.RUNNING;
import static io.reprise.workflows.run.Forward.CANCELLED;
import static io.reprise.workflows.run.Forward.FAILED;
import static io.reprise.workflows.run.Forward.QUEUED;
import static io.reprise.workflows.run.Forward.STUCK;
import static io.reprise.workflows.run.Forward.SUCCEEDED;
import static io.reprise.workflows.run.Forward.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SlotChoiceTest {

    private static final WorkflowId SECOND = new WorkflowId("pipeline/daily/2026-11-19,EU~2");

    private record Line(Forward forward, Compensation compensation, boolean none, boolean failed, boolean all) {}

    /** Whether a slot with that newest run is run again by the policies none, failed and all. */
    private static final Line[] TABLE = {
        new Line(QUEUED, NONE, false, false, false),
        new Line(Forward.RUNNING, NONE, false, false, false),
        new Line(WAITING, NONE, false, false, false),
        new Line(STUCK, NONE, false, false, false),
        new Line(SUCCEEDED, NONE, false, false, true),
        new Line(FAILED, NONE, false, true, true),
        new Line(FAILED, RUNNING, false, false, false),
        new Line(FAILED, Compensation.STUCK, false, false, false),
        new Line(FAILED, DONE, false, true, true),
        new Line(FAILED, PARTIAL, false, false, false),
        new Line(CANCELLED, NONE, false, true, true),
        new Line(CANCELLED, DONE, false, true, true),
    };

    @TestFactory
    Stream<DynamicTest> choosesByWhatTheLedgerHas() {
        return Stream.of(TABLE)
                .map(line -> DynamicTest.dynamicTest(line.forward() + " " + line.compensation(), () -> {
                    assertThat(runs(Policy.NONE, line)).isEqualTo(line.none());
                    assertThat(runs(Policy.FAILED, line)).isEqualTo(line.failed());
                    assertThat(runs(Policy.ALL, line)).isEqualTo(line.all());
                }));
    }

    @TestFactory
    Stream<DynamicTest> runsAFreshSlotByAnyPolicy() {
        return Stream.of(Policy.values())
                .map(policy -> DynamicTest.dynamicTest(
                        policy.word(),
                        () -> assertThat(SlotChoice.by(policy, Optional.empty()))
                                .isEqualTo(new SlotChoice(true, 1, "no run yet"))));
    }

    @Test
    void saysWhatItFoundAndWhatFollows() {
        assertThat(SlotChoice.by(Policy.ALL, standing(SUCCEEDED, NONE)))
                .isEqualTo(new SlotChoice(true, 3, "succeeded as run 01JDA, and is run again as generation 3"));
        assertThat(SlotChoice.by(Policy.FAILED, standing(SUCCEEDED, NONE)).why())
                .isEqualTo("succeeded as run 01JDA, and is left by policy failed");
        assertThat(SlotChoice.by(Policy.ALL, standing(FAILED, PARTIAL)).why())
                .isEqualTo(
                        "partly undone as run 01JDA, and is not run on what is left: retry it with --accept-partial");
        assertThat(SlotChoice.by(Policy.ALL, standing(FAILED, Compensation.STUCK))
                        .why())
                .isEqualTo("stuck as run 01JDA, and waits for an operator");
    }

    private static boolean runs(Policy policy, Line line) {
        return SlotChoice.by(policy, standing(line.forward(), line.compensation()))
                .run();
    }

    private static Optional<SlotStanding> standing(Forward forward, Compensation compensation) {
        return Optional.of(new SlotStanding(SECOND, "01JDA", forward, compensation));
    }
}
