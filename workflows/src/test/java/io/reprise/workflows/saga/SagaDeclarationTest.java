package io.reprise.workflows.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderSteps;
import io.reprise.workflows.saga.Step.Kind;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SagaDeclarationTest {

    private static SagaDeclaration<Order, OrderSteps> saga() {
        return Saga.of("order", Order.class, OrderSteps.class);
    }

    private static SagaDeclaration<Order, OrderSteps> afterPivot() {
        return saga().step("create", OrderSteps::create)
                .pivot("complete", OrderSteps::complete)
                .step("reserve", OrderSteps::reserveStock);
    }

    @Test
    void aStepNeedsTheOneAboveItAndAPivotAllOfThem() {
        Saga<Order> saga = saga().step("create", OrderSteps::create)
                .undo(OrderSteps::cancel)
                .step("reserve", OrderSteps::reserveStock)
                .step("debit", OrderSteps::debitAccount)
                .needs("create")
                .pivot("complete", OrderSteps::complete)
                .build();

        assertThat(saga.steps())
                .extracting(Step::needs)
                .containsExactly(
                        List.of(), List.of("create"), List.of("create"), List.of("create", "reserve", "debit"));
        assertThat(saga.steps())
                .extracting(Step::work)
                .contains(new Work.Call("Order.create"), new Work.Call("Order.reserveStock"));
        assertThat(saga.step("create").flatMap(Step::undo)).contains("Order.cancel");
        assertThat(saga.pivot().map(Step::kind)).contains(Kind.PIVOT);
    }

    @Test
    void refusesWhatCouldNotBeUndone() {
        assertRefused(
                () -> afterPivot().undo(OrderSteps::releaseStock),
                "'reserve' of saga 'order'",
                "no undo from the pivot on");
        assertRefused(() -> saga().pivot("complete", OrderSteps::complete).undo(OrderSteps::refund), "it is the pivot");
        assertRefused(() -> saga().pivot("complete", OrderSteps::complete).unfenced(), "unfenced pivot");
        assertRefused(() -> afterPivot().within(Duration.ofMinutes(1), "too-slow"), "comes after the pivot");
        assertRefused(() -> afterPivot().pivot("second", OrderSteps::complete), "'complete' is the pivot already");
    }

    @Test
    void refusesAGraphThatNoRunCouldFollow() {
        assertRefused(
                () -> saga().step("create", OrderSteps::create).step("create", OrderSteps::create),
                "an id that stands once");
        assertRefused(
                () -> saga().step("create", OrderSteps::create).needs("reserve"),
                "it needs 'reserve'",
                "declared above it");
        assertRefused(() -> saga().step("create", OrderSteps::create).needs("create"), "it needs 'create'");
        assertRefused(() -> afterPivot().needs("create"), "[complete]");
        assertRefused(() -> afterPivot().needs(), "it needs nothing");
        assertRefused(() -> saga().step("a:b", OrderSteps::create), "its id is 'a:b'");
        assertRefused(() -> saga().build(), "without steps");
    }

    @Test
    void refusesTermsThatMeanNothing() {
        SagaDeclaration<Order, OrderSteps> step = saga().step("create", OrderSteps::create);

        assertRefused(() -> step.within(Duration.ZERO, "late"), "a time above zero");
        assertRefused(() -> step.within(Duration.ofMinutes(1), "Too Late"), "a reason like payment-deadline");
        assertRefused(() -> step.attemptTimeout(Duration.ofSeconds(-1)), "a time above zero");
        assertRefused(() -> Retry.attempts(-1), "0 or more attempts");
    }

    @Test
    void refusesALambdaThatCallsNoStep() {
        assertRefused(
                () -> saga().step("create", (steps, call, order) -> {}), "calls 0 methods", "one method reference");
    }

    private static void assertRefused(ThrowingCallable declaration, String... words) {
        assertThatThrownBy(declaration)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }
}
