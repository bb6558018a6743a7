package io.reprise.api.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.trigger.Subscription;
import java.time.Instant;
import java.util.Optional;

/**
 * A trigger.
 *
 * @param order what its runs wait for: none, start-order or per-key
 * @param lag of each partition
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TriggerView(
        String name,
        String topic,
        String order,
        String state,
        boolean paused,
        Optional<String> pausedReason,
        Optional<String> pausedBy,
        Optional<String> lastError,
        @JsonRawValue String lag,
        Instant updatedAt) {

    static TriggerView of(Subscription subscription) {
        return new TriggerView(
                subscription.trigger(),
                subscription.topic(),
                subscription.orderRule().word(),
                subscription.state(),
                subscription.paused(),
                subscription.pausedReason(),
                subscription.pausedBy(),
                subscription.lastError(),
                subscription.lag(),
                subscription.updatedAt());
    }
}
