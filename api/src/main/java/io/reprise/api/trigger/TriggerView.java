package io.reprise.api.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.trigger.Loss;
import io.reprise.db.trigger.Stop;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerLogs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trigger.
 *
 * @param order what its runs wait for: none, start-order or per-key
 * @param lag of each partition
 * @param stops partitions whose log is not the one that was read: an operator decides before anything is read
 * @param lost how many offsets Kafka deleted before they were read; no more records than that
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
        List<Stopped> stops,
        long lost,
        List<Lost> losses,
        Instant updatedAt) {

    /** A log that is not the one that was read. */
    public record Stopped(int partition, long position, long logStart, long logEnd, String reason, Instant stoppedAt) {

        static Stopped of(Stop stop) {
            return new Stopped(
                    stop.source().partition(),
                    stop.position(),
                    stop.logStart(),
                    stop.logEnd(),
                    stop.reason(),
                    stop.stoppedAt());
        }
    }

    /** Offsets that Kafka deleted before they were read, the last one included. */
    public record Lost(int partition, long from, long to, long records, Instant foundAt) {

        static Lost of(Loss loss) {
            return new Lost(loss.source().partition(), loss.from(), loss.to() - 1, loss.records(), loss.foundAt());
        }
    }

    static TriggerView of(Subscription subscription, TriggerLogs logs) {
        List<Lost> losses =
                logs.losses(subscription.trigger()).stream().map(Lost::of).toList();
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
                logs.stops(subscription.trigger()).stream().map(Stopped::of).toList(),
                losses.stream().mapToLong(Lost::records).sum(),
                losses,
                subscription.updatedAt());
    }
}
