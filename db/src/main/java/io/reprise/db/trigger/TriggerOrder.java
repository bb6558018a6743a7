package io.reprise.db.trigger;

import io.reprise.db.run.OrderRule;
import io.reprise.db.run.RunOrder;

/** The place of a run among those that a trigger starts for one key, whether its record came just now or is replayed. */
public final class TriggerOrder {

    private TriggerOrder() {}

    public static RunOrder of(OrderRule rule, String trigger, String key) {
        return rule == OrderRule.NONE ? RunOrder.FREE : RunOrder.by(rule, trigger + ":" + key);
    }
}
