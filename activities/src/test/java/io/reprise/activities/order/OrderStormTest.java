package io.reprise.activities.order;

import static io.reprise.activities.order.ShopOrders.line;
import static io.reprise.activities.order.ShopOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.run.Forward;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many orders at once on one real database, then exact counting. */
@Timeout(120)
class OrderStormTest {

    private static final int AT_ONCE = 32;

    private Shop shop;
    private ExecutorService threads;

    @BeforeEach
    void openShop() {
        shop = new Shop(TestPostgres.newDatabase(), TestSteps.noLedger(), AT_ONCE);
        threads = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterEach
    void closeShop() {
        threads.shutdownNow();
        shop.close();
    }

    @Test
    void theLastItemIsSoldOnceAmongThirtyTwoBuyers() throws Exception {
        shop.execute("update shop.inventory set on_hand = 1 where sku = 'sku-1'");

        List<String> ends = placeAll(IntStream.range(0, AT_ONCE)
                .mapToObj(n -> order("o-" + n, "acc-" + n, line("sku-1", 1, 100)))
                .toList());

        assertThat(Collections.frequency(ends, "COMPLETED")).isEqualTo(1);
        assertThat(Collections.frequency(ends, "out-of-stock")).isEqualTo(AT_ONCE - 1);
        assertThat(shop.number("select on_hand from shop.inventory where sku = 'sku-1'"))
                .isZero();
        shop.assertNothingReserved();
    }

    @Test
    void crossingOrdersNeitherDeadlockNorOversell() throws Exception {
        shop.execute("update shop.inventory set on_hand = 100 where sku in ('sku-1', 'sku-2', 'sku-3')");
        List<Order> orders = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            List<OrderLine> lines =
                    new ArrayList<>(List.of(line("sku-1", 1, 1), line("sku-2", 1, 1), line("sku-3", 1, 1)));
            Collections.rotate(lines, n % 3);
            orders.add(order("o-" + n, "acc-" + n % 5, lines.toArray(OrderLine[]::new)));
        }

        List<String> ends = placeAll(orders);

        assertThat(Collections.frequency(ends, "COMPLETED")).isEqualTo(100);
        assertThat(Collections.frequency(ends, "out-of-stock")).isEqualTo(100);
        assertThat(shop.number("select sum(on_hand) from shop.inventory where sku in ('sku-1', 'sku-2', 'sku-3')"))
                .isZero();
        shop.assertNothingReserved();
    }

    @Test
    void aStormOfOrdersRepeatsCancelsAndRetriesAddsUpExactly() throws Exception {
        long seed = System.nanoTime();
        System.out.println("order storm seed " + seed);
        Random random = new Random(seed);
        shop.execute("update shop.inventory set on_hand = 40 where sku in ('sku-0', 'sku-1', 'sku-2')");
        shop.execute("update shop.accounts set balance_minor = 4000 where account_id in ('acc-0', 'acc-1')");
        long stock = shop.number("select sum(on_hand) from shop.inventory");
        long money = shop.number("select sum(balance_minor) from shop.accounts");

        List<Future<?>> storm = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            Order order = order("o-" + n, "acc-" + random.nextInt(4), randomLines(random));
            long actions = random.nextLong();
            storm.add(threads.submit(() -> livesThrough(order, new Random(actions))));
        }
        for (Future<?> order : storm) {
            order.get();
        }

        assertThat(shop.number("select sum(on_hand + sold) from shop.inventory"))
                .isEqualTo(stock);
        assertThat(shop.number("select sum(balance_minor + spent_minor) from shop.accounts"))
                .isEqualTo(money);
        assertThat(shop.number("select sum(spent_minor) from shop.accounts"))
                .isEqualTo(shop.number(
                        "select coalesce(sum(total_minor), 0) from shop.orders where status = 'COMPLETED'"));
        assertThat(shop.number("select sum(sold) from shop.inventory"))
                .isEqualTo(shop.number("select coalesce(sum((line ->> 'quantity')::bigint), 0) from shop.orders,"
                        + " jsonb_array_elements(lines) line where status = 'COMPLETED'"));
        assertThat(shop.number("select count(*) from shop.orders where status = 'PLACED'"))
                .isZero();
        assertThat(shop.number("select count(*) from reprise_kit.fence where state = 'RUNNING'"))
                .isZero();
        assertThat(shop.number("select count(*) from (select key from reprise_kit.outbox group by key"
                        + " having count(*) <> max(version) or count(distinct version) <> count(*)) gaps"))
                .isZero();
        assertThat(shop.number("select count(*) from (select version <> lag(version, 1, 0::bigint) over"
                        + " (partition by key order by id) + 1 as wrong from reprise_kit.outbox) o where wrong"))
                .isZero();
        shop.assertNothingReserved();
    }

    /** Each step once or twice at once, a cancel at any moment before the pivot, and a next generation for what was undone. */
    private void livesThrough(Order order, Random random) {
        for (int generation = 1; generation <= 2; generation++) {
            if (wasPlaced(order, generation, random)) {
                return;
            }
        }
    }

    private boolean wasPlaced(Order order, int generation, Random random) {
        List<Runnable> steps = List.of(
                () -> shop.create(order, generation),
                () -> shop.reserve(order, generation),
                () -> shop.debit(order, generation),
                () -> shop.complete(order, generation));
        int cancelledBefore = random.nextInt(8);
        try {
            for (int n = 0; n < steps.size(); n++) {
                if (n == cancelledBefore) {
                    shop.undoAll(order, generation, Forward.CANCELLED, "cancelled");
                    return false;
                }
                for (int times = random.nextInt(2); times >= 0; times--) {
                    steps.get(n).run();
                }
            }
            return true;
        } catch (ApplicationFailure refused) {
            assertThat(refused.isNonRetryable()).as(refused.getMessage()).isTrue();
            shop.undoAll(order, generation, Forward.FAILED, refused.getType());
            return false;
        }
    }

    private static OrderLine[] randomLines(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(n -> line("sku-" + random.nextInt(6), 1 + random.nextInt(3), random.nextInt(50)))
                .toArray(OrderLine[]::new);
    }

    private List<String> placeAll(List<Order> orders) throws Exception {
        List<Future<String>> ends = new ArrayList<>();
        for (Order order : orders) {
            ends.add(threads.submit(() -> shop.place(order)));
        }
        List<String> ended = new ArrayList<>();
        for (Future<String> end : ends) {
            ended.add(end.get());
        }
        return ended;
    }
}
