package io.reprise.api.order;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;

/** What has become of an order, in the shop's words. The last two appear only when nothing is left to undo. */
public enum OrderStatus {
    PLACED,
    STUCK,
    COMPLETED,
    REJECTED,
    CANCELLED;

    static OrderStatus of(Forward forward, Compensation compensation) {
        if (forward == Forward.STUCK || compensation == Compensation.STUCK) {
            return STUCK;
        }
        if (!compensation.isFinal()) {
            return PLACED;
        }
        return switch (forward) {
            case QUEUED, RUNNING, WAITING, STUCK, SKIPPED -> PLACED;
            case SUCCEEDED -> COMPLETED;
            case FAILED -> REJECTED;
            case CANCELLED -> CANCELLED;
        };
    }
}
