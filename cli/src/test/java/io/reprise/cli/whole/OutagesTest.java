package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server goes away in the middle and comes back: what was promised is kept, and what cannot be promised is said. */
@Tag("whole")
class OutagesTest {

    private static Stack stack;
    private static Shop shop;

    @BeforeAll
    static void start() {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
        shop = stack.shop();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void anOrderThatComesWhileTemporalIsAwayIsAcceptedAndCompletesWhenItIsBack() {
        stack.withoutTemporal(() -> {
            Answer accepted = shop.place(Shop.order("x-temporal", "acc-1", "sku-1", 2, 1250));

            assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
            assertThat(accepted.text("forward")).isEqualTo("QUEUED");
            assertThat(shop.run("order/x-temporal").text("startError")).isNotEmpty();
        });

        shop.await("x-temporal", "COMPLETED");
        assertThat(shop.onHand("sku-1")).isEqualTo(999_998);
        assertThat(shop.balance("acc-1")).isEqualTo(1_000_000_000 - 2 * 1250);
    }

    @Test
    void anOrderGoesOnWhereItWasWhenTheDatabaseWasCutAndWhatCannotBeKeptIsNotAccepted() {
        try (Shop.HeldRow account = shop.hold("select * from shop.accounts where account_id = 'acc-2'")) {
            shop.place(Shop.order("x-database", "acc-2", "sku-2", 1, 500));
            account.awaitWaiter();

            stack.withoutDatabase(() -> {
                Answer refused = shop.place(Shop.order("x-refused", "acc-2", "sku-2", 1, 500));

                assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
                assertThat(refused.text("type")).isEqualTo("urn:reprise:problem:ledger-unavailable");
            });
        }

        shop.await("x-database", "COMPLETED");
        assertThat(shop.order("x-refused").status()).isEqualTo(404);
        assertThat(shop.onHand("sku-2")).isEqualTo(999_999);
        assertThat(shop.reserved("sku-2")).isZero();
        assertThat(shop.balance("acc-2")).isEqualTo(1_000_000_000 - 500);
    }

    @Test
    void aStepThatFailsAgainAndAgainIsShownAsStuckAndItsRunGoesOnOnceItIsMended() {
        shop.change("""
                create function shop.fail() returns trigger language plpgsql as $$
                begin raise exception 'no room left' using errcode = 'disk_full'; end $$;
                create trigger broken before update on shop.inventory
                for each row when (new.sku = 'sku-3') execute function shop.fail()""");
        shop.place(Shop.order("x-failing", "acc-3", "sku-3", 1, 500));

        shop.await("x-failing", "STUCK");
        Answer run = shop.run("order/x-failing");
        assertThat(run.text("reason")).isEqualTo("step-failing");
        assertThat(run.text("failure"))
                .startsWith("Order.reserveStock failed 1")
                .contains("no room left");

        shop.change("drop trigger broken on shop.inventory; drop function shop.fail()");
        shop.await("x-failing", "COMPLETED");
        assertThat(shop.run("order/x-failing").body().has("reason")).isFalse();
        assertThat(shop.onHand("sku-3")).isEqualTo(999_999);
    }
}
