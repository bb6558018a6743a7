package io.reprise.workflows.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderSteps;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import org.junit.jupiter.api.Test;

class ProgressTest {

    /** a, then b and c beside each other, then the pivot. */
    private static final Saga<Order> DIAMOND = Saga.of("diamond", Order.class, OrderSteps.class)
            .step("a", OrderSteps::create)
            .undo(OrderSteps::cancel)
            .step("b", OrderSteps::reserveStock)
            .undo(OrderSteps::releaseStock)
            .step("c", OrderSteps::debitAccount)
            .undo(OrderSteps::refund)
            .needs("a")
            .pivot("d", OrderSteps::complete)
            .build();

    private final Progress progress = new Progress(DIAMOND);

    private static Step step(String id) {
        return DIAMOND.step(id).orElseThrow();
    }

    @Test
    void branchesStartBesideEachOther() {
        progress.succeeded(step("a"));

        assertThat(progress.startable()).extracting(Step::id).containsExactly("b", "c");
    }

    @Test
    void undoesBranchesBesideEachOtherAndTheirRootLast() {
        assertThat(progress.undoable()).extracting(Step::id).containsExactlyInAnyOrder("b", "c");

        progress.undoBegan(step("b"));
        progress.undoBegan(step("c"));
        progress.undone(step("c"), Undone.COMPENSATED);

        assertThat(progress.undoable()).isEmpty();

        progress.undone(step("b"), Undone.FENCED);

        assertThat(progress.undoable()).extracting(Step::id).containsExactly("a");
    }

    @Test
    void anOpenAttemptIsWaitedForBeforeItsUndo() {
        progress.began(step("b"));

        assertThat(progress.undoable()).extracting(Step::id).containsExactly("c");
    }

    @Test
    void theFenceKnowsBetterThanTheWorkflowWhatHappened() {
        progress.undone(step("b"), Undone.COMPENSATED);

        assertThat(progress.outcome("b").forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(progress.outcome("b").compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void oneSkippedUndoMakesTheWholePartial() {
        progress.undoSkipped(step("b"), "skipped: paid by hand");
        progress.undone(step("c"), Undone.COMPENSATED);
        progress.undoStuck(step("a"), "refused");

        assertThat(progress.compensation()).isEqualTo(Compensation.STUCK);

        progress.undone(step("a"), Undone.COMPENSATED);

        assertThat(progress.compensation()).isEqualTo(Compensation.PARTIAL);
    }

    @Test
    void whatNeverHappenedNeedsNoCompensation() {
        DIAMOND.steps().stream()
                .filter(step -> step.undo().isPresent())
                .forEach(step -> progress.undone(step, Undone.FENCED));

        assertThat(progress.compensation()).isEqualTo(Compensation.NONE);
    }

    @Test
    void aPivotThatHappenedMeansThatEverythingAboveItHas() {
        progress.failed(step("c"), "too slow");

        progress.pivotHappened(step -> false);

        assertThat(progress.isForwardDone()).isTrue();
        assertThat(progress.isPastPivot()).isTrue();
    }
}
