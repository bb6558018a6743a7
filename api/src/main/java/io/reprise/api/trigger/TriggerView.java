package io.reprise.api.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.db.trigger.Loss;
import io.reprise.db.trigger.Stop;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerLogs;
import io.reprise.db.trigger.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trigger.
 *
 * @param order what its runs wait for: none, start-order or per-key
 * @param definition as its worker reads by, if one ever did
 * @param filtered how many records were not what it is for
 * @param lag of each partition
 * @param stops partitions whose log is not the one that was read: an operator decides before anything is read
 * @param lost how many offsets Kafka deleted before they were read; no more records than that
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TriggerView(
        String name,
        String topic,
        String order,
        Optional<JsonNode> definition,
        String state,
        boolean paused,
        Optional<String> pausedReason,
        Optional<String> pausedBy,
        Optional<String> lastError,
        @JsonRawValue String lag,
        List<Stopped> stops,
        long filtered,
        long lost,
        List<Lost> losses,
        Instant updatedAt) {

    private static final JsonMapper JSON = new JsonMapper();

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

    static TriggerView of(Subscription subscription, Triggers triggers, TriggerLogs logs) {
        List<Lost> losses =
                logs.losses(subscription.trigger()).stream().map(Lost::of).toList();
        return new TriggerView(
                subscription.trigger(),
                subscription.topic(),
                subscription.orderRule().word(),
                subscription.definition().map(TriggerView::read),
                subscription.state(),
                subscription.paused(),
                subscription.pausedReason(),
                subscription.pausedBy(),
                subscription.lastError(),
                subscription.lag(),
                logs.stops(subscription.trigger()).stream().map(Stopped::of).toList(),
                triggers.filtered(subscription.trigger()),
                losses.stream().mapToLong(Lost::records).sum(),
                losses,
                subscription.updatedAt());
    }

    private static JsonNode read(String definition) {
        try {
            return JSON.readTree(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot read a definition that was written as JSON: " + definition, e);
        }
    }
}
