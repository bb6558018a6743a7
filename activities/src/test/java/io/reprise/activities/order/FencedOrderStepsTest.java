package io.reprise.activities.order;

import static io.reprise.activities.order.ShopOrders.line;
import static io.reprise.activities.order.ShopOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.workflows.order.AccountId;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.reprise.workflows.run.Forward;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FencedOrderStepsTest {

    private static Shop shop;

    @BeforeAll
    static void openShop() {
        shop = Shop.fresh();
    }

    @AfterAll
    static void closeShop() {
        shop.close();
    }

    @Test
    void aCompletedOrderTakesStockAndMoneyOnceAndTellsItInOrder() {
        Order order =
                order("o-complete", "acc-1", line("sku-101", 2, 1250), line("sku-7", 1, 5), line("sku-101", 1, 0));

        assertThat(shop.place(order)).isEqualTo("COMPLETED");
        assertThat(shop.place(order)).isEqualTo("COMPLETED");

        assertThat(shop.statusOf("o-complete")).isEqualTo("COMPLETED");
        assertThat(shop.number("select on_hand from shop.inventory where sku = 'sku-101'"))
                .isEqualTo(999_997);
        assertThat(shop.number("select sold from shop.inventory where sku = 'sku-101'"))
                .isEqualTo(3);
        assertThat(shop.number("select balance_minor from shop.accounts where account_id = 'acc-1'"))
                .isEqualTo(1_000_000_000 - 2505);
        assertThat(shop.eventsOf("o-complete"))
                .containsExactly("ORDER_PLACED", "STOCK_RESERVED", "PAYMENT_COMPLETED", "ORDER_COMPLETED");
        assertThat(shop.rows("select version from reprise_kit.outbox where key = 'o-complete' order by id"))
                .extracting(row -> row.number(0))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-sku, acc-2, sku-none, EUR, 1",
        "out-of-stock, acc-2, sku-empty, EUR, 1",
        "unknown-account, acc-none, sku-2, EUR, 1",
        "currency-mismatch, acc-2, sku-2, USD, 1",
        "insufficient-funds, acc-poor, sku-2, EUR, 1",
        "insufficient-funds, acc-2, sku-2, EUR, 900000000",
    })
    void aRefusedOrderIsRejectedWithItsReasonAndLeavesATrailButNothingElse(
            String reason, String account, String sku, String currency, long price) {
        String id = "o-" + reason + "-" + price;
        Order refused = new Order(
                new OrderId(id), new AccountId(account), currency, List.of(line("sku-3", 1, 1), line(sku, 2, price)));

        assertThat(shop.place(refused)).isEqualTo(reason);

        assertThat(shop.statusOf(id)).isEqualTo("REJECTED");
        assertThat(shop.rows("select reason from shop.orders where order_id = '" + id + "'")
                        .getFirst()
                        .text(0))
                .isEqualTo(reason);
        assertThat(shop.eventsOf(id)).startsWith("ORDER_PLACED").endsWith("ORDER_CANCELLED");
        assertThat(shop.number("select balance_minor from shop.accounts where account_id = 'acc-2'"))
                .isEqualTo(1_000_000_000);
        shop.assertNothingReserved();
    }

    @Test
    void aCancelledOrderGivesEverythingBackAndSaysSo() {
        Order order = order("o-cancelled", "acc-3", line("sku-30", 4, 100));
        shop.create(order, 1);
        shop.reserve(order, 1);
        shop.debit(order, 1);

        shop.undoAll(order, 1, Forward.CANCELLED, "cancelled");
        shop.undoAll(order, 1, Forward.CANCELLED, "cancelled");

        assertThat(shop.statusOf("o-cancelled")).isEqualTo("CANCELLED");
        assertThat(shop.eventsOf("o-cancelled"))
                .containsExactly(
                        "ORDER_PLACED",
                        "STOCK_RESERVED",
                        "PAYMENT_COMPLETED",
                        "PAYMENT_REFUNDED",
                        "STOCK_RELEASED",
                        "ORDER_CANCELLED");
        assertThat(shop.number("select balance_minor from shop.accounts where account_id = 'acc-3'"))
                .isEqualTo(1_000_000_000);
        assertThat(shop.number("select spent_minor from shop.accounts where account_id = 'acc-3'"))
                .isZero();
    }

    @Test
    void anUndoneOrderIsPlacedAgainByItsNextGeneration() {
        Order order = order("o-again", "acc-4", line("sku-40", 1, 10));
        shop.create(order, 1);
        shop.reserve(order, 1);
        shop.undoAll(order, 1, Forward.FAILED, "payment-deadline");

        assertThat(shop.place(order, 2)).isEqualTo("COMPLETED");

        assertThat(shop.statusOf("o-again")).isEqualTo("COMPLETED");
        assertThat(shop.eventsOf("o-again"))
                .endsWith("ORDER_PLACED", "STOCK_RESERVED", "PAYMENT_COMPLETED", "ORDER_COMPLETED");
        assertThat(shop.number("select version from shop.orders where order_id = 'o-again'"))
                .isEqualTo(8);
        assertThat(shop.number("select count(distinct event_id) from reprise_kit.outbox where key = 'o-again'"))
                .isEqualTo(8);
    }

    @Test
    void anOrderWhoseUndoWasSkippedIsTakenOverByTheNextGeneration() {
        Order order = order("o-skipped", "acc-9", line("sku-90", 1, 10));
        shop.create(order, 1);

        assertThat(shop.place(order, 3)).isEqualTo("COMPLETED");

        assertThat(shop.statusOf("o-skipped")).isEqualTo("COMPLETED");
        assertThat(shop.eventsOf("o-skipped"))
                .containsExactly(
                        "ORDER_PLACED", "ORDER_PLACED", "STOCK_RESERVED", "PAYMENT_COMPLETED", "ORDER_COMPLETED");
    }

    @Test
    void aSkippedUndoThatComesAfterAllDoesNotTouchTheOrderThatWasTakenOver() {
        Order order = order("o-zombie", "acc-10", line("sku-91", 1, 10));
        shop.create(order, 1);
        shop.create(order, 2);

        ApplicationFailure late = catchThrowableOfType(
                ApplicationFailure.class, () -> shop.undoAll(order, 1, Forward.CANCELLED, "cancelled"));

        assertThat(late).hasMessageContainingAll("o-zombie", "another generation took it over");
        assertThat(shop.statusOf("o-zombie")).isEqualTo("PLACED");
        shop.undoAll(order, 2, Forward.CANCELLED, "cancelled");
        assertThat(shop.statusOf("o-zombie")).isEqualTo("CANCELLED");
    }

    @Test
    void anOrderThatSomebodyElsePlacedIsNotTakenOver() {
        Order order = order("o-foreign", "acc-11", line("sku-92", 1, 10));
        shop.create(order, 1);
        shop.execute("delete from reprise_kit.fence where step_key = 'order/o-foreign:create-order'");

        assertThat(shop.place(order, 2)).isEqualTo("order-exists");

        assertThat(shop.statusOf("o-foreign")).isEqualTo("PLACED");
    }

    @Test
    void anOrderWhoseUndoWasSkippedIsNotTakenOverWithOtherContent() {
        shop.create(order("o-left", "acc-12", line("sku-93", 1, 10)), 1);

        assertThat(shop.place(order("o-left", "acc-12", line("sku-93", 2, 10)), 2))
                .isEqualTo("order-exists");
    }

    @Test
    void anOrderThatExistsWithOtherContentIsRefusedAndStaysAsItWas() {
        Order first = order("o-exists", "acc-5", line("sku-50", 1, 10));
        Order other = order("o-exists", "acc-5", line("sku-50", 2, 10));
        shop.place(first);

        assertThat(shop.place(other, 2)).isEqualTo("order-exists");

        assertThat(shop.statusOf("o-exists")).isEqualTo("COMPLETED");
        assertThat(shop.number("select count(*) from reprise_kit.outbox where key = 'o-exists'"))
                .isEqualTo(4);
    }

    @Test
    void anUndoneOrderIsNotPlacedAgainWithOtherContent() {
        Order refused = order("o-changed", "acc-6", line("sku-empty", 1, 10));
        shop.place(refused);

        assertThat(shop.place(order("o-changed", "acc-6", line("sku-60", 1, 10)), 2))
                .isEqualTo("order-exists");

        assertThat(shop.statusOf("o-changed")).isEqualTo("REJECTED");
    }

    @Test
    void aStepAfterItsUndoIsRefusedByTheFence() {
        Order order = order("o-late", "acc-7", line("sku-70", 1, 10));
        shop.create(order, 1);
        shop.undoAll(order, 1, Forward.CANCELLED, "cancelled");

        ApplicationFailure late = catchThrowableOfType(ApplicationFailure.class, () -> shop.reserve(order, 1));

        assertThat(late.getType()).isEqualTo("StepFenced");
        shop.assertNothingReserved();
    }

    @Test
    void aRefundThatWouldOverflowIsNotPaidAndStaysToBeDone() {
        Order order = order("o-overflow", "acc-8", line("sku-80", 1, 10));
        shop.create(order, 1);
        shop.reserve(order, 1);
        shop.debit(order, 1);
        shop.execute("update shop.accounts set balance_minor = 9223372036854775800 where account_id = 'acc-8'");

        ApplicationFailure overflow = catchThrowableOfType(
                ApplicationFailure.class, () -> shop.undoAll(order, 1, Forward.FAILED, "payment-deadline"));

        assertThat(overflow.getMessage()).contains("22003");
        assertThat(overflow.isNonRetryable()).isFalse();
        assertThat(shop.number("select balance_minor from shop.accounts where account_id = 'acc-8'"))
                .isEqualTo(9_223_372_036_854_775_800L);
        shop.execute("update shop.accounts set balance_minor = 0 where account_id = 'acc-8'");
        shop.undoAll(order, 1, Forward.FAILED, "payment-deadline");
        assertThat(shop.number("select balance_minor from shop.accounts where account_id = 'acc-8'"))
                .isEqualTo(10);
        shop.execute("update shop.accounts set balance_minor = 1000000000 where account_id = 'acc-8'");
    }

    @Test
    void seedingAgainChangesNothing() throws Exception {
        long stock = shop.number("select sum(on_hand) from shop.inventory");

        SampleShop.seed(shop.pool);

        assertThat(SampleShop.isSeeded(shop.pool)).isTrue();
        assertThat(shop.number("select sum(on_hand) from shop.inventory")).isEqualTo(stock);
        assertThat(shop.number("select count(*) from shop.inventory")).isEqualTo(1001);
        assertThat(shop.number("select count(*) from shop.accounts")).isEqualTo(1001);
    }
}
