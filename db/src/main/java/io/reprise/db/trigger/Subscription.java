package io.reprise.db.trigger;

import io.reprise.db.run.OrderRule;
import java.time.Instant;
import java.util.Optional;

/**
 * A trigger as the ledger shows it.
 *
 * @param state what its consumer last said of itself
 * @param lag JSON: {@code [{"partition", "position", "start", "end", "committed", "lag"}]}
 * @param logNumber which log of its topic counts, as in {@link TopicLog}
 * @param definition the text of what it was last served by
 * @param begunTopic the topic in which it began
 * @param resets how often its positions were set by an operator
 * @param topicLog in which its positions are, as last reported
 */
public record Subscription(
        String trigger,
        String topic,
        OrderRule orderRule,
        boolean paused,
        Optional<String> pausedReason,
        Optional<String> pausedBy,
        String state,
        Optional<String> lastError,
        String lag,
        int logNumber,
        Optional<String> definition,
        Optional<String> begunTopic,
        int resets,
        Optional<String> topicLog,
        Instant updatedAt) {}
