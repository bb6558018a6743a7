package io.reprise.activities.order;

import io.reprise.activities.run.LedgerRunRecords;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.PivotFence;
import io.reprise.db.run.Outcomes;
import java.time.Clock;
import java.util.List;

/** What a worker registers on the task queue of orders. */
public final class OrderActivities {

    private OrderActivities() {}

    public static List<Object> on(FencedSteps shop, Outcomes outcomes, Clock clock) {
        return List.of(new FencedOrderSteps(shop, clock), new PivotFence(shop), new LedgerRunRecords(outcomes));
    }
}
