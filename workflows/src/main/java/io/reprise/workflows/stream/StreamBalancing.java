package io.reprise.workflows.stream;

import java.time.Duration;

public final class StreamBalancing implements StreamBalanceWorkflow {

    private static final Duration LONGEST = Duration.ofHours(6);

    @Override
    public StreamBalance balance(BalanceOrder order) {
        return StreamLooks.through(order.connection(), LONGEST, "balance " + order.stream())
                .balance(order);
    }
}
