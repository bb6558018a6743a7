package io.reprise.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reprise.bench.chaos.PlannedOrder.Door;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class OrderPlanTest {

    private final List<PlannedOrder> orders =
            LongStream.range(0, 500).mapToObj(new OrderPlan(7)::order).toList();

    @Test
    void theSameSeedPlansTheSameOrders() {
        List<PlannedOrder> again =
                LongStream.range(0, 500).mapToObj(new OrderPlan(7)::order).toList();

        assertThat(again).isEqualTo(orders);
        assertThat(new OrderPlan(8).order(0)).isNotEqualTo(orders.getFirst());
    }

    @Test
    void everyFateAndEveryDisturbanceOccurs() {
        assertThat(orders).extracting(PlannedOrder::fate).contains(Fate.values());
        assertThat(orders).extracting(PlannedOrder::door).contains(Door.values());
        assertThat(orders).anyMatch(order -> order.cancelAfter().isPresent());
        assertThat(orders).anyMatch(order -> order.repeats().size() > 1);
        assertThat(orders).anyMatch(order -> order.contradiction().isPresent());
    }

    @Test
    void aContradictionKeepsTheIdAndChangesTheContent() throws Exception {
        PlannedOrder order = orders.getFirst();

        assertThat(order.contradictingJson()).isNotEqualTo(order.json());
        assertThat(new ObjectMapper().readTree(order.contradictingJson()).get("orderId"))
                .isEqualTo(new ObjectMapper().readTree(order.json()).get("orderId"));
    }

    @Test
    void tenMinutesHoldAtLeastThirtyKillsOfProcessesAndOneRestartOfEachServer() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Fault> faults = Fault.plan(seed, Duration.ofMinutes(10));

            assertThat(faults.stream().filter(Fault::isKill).count()).isGreaterThanOrEqualTo(30);
            assertThat(faults).extracting(Fault::kind).contains(Fault.Kind.values());
        }
    }
}
