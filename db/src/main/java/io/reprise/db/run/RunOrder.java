package io.reprise.db.run;

import java.util.Optional;

/** Among which runs a run has its place, and what it waits for there. */
public record RunOrder(OrderRule rule, Optional<String> key) {

    public static final RunOrder FREE = new RunOrder(OrderRule.NONE, Optional.empty());

    public RunOrder {
        if (rule != OrderRule.NONE && key.isEmpty()) {
            throw new IllegalArgumentException("cannot order a run " + rule.word() + " without a key");
        }
    }

    public static RunOrder by(OrderRule rule, String key) {
        return new RunOrder(rule, Optional.of(key));
    }
}
