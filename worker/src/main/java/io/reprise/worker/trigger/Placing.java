package io.reprise.worker.trigger;

import io.reprise.catalog.trigger.StartAt;
import io.reprise.db.Ledger;
import io.reprise.db.trigger.Position;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TopicLog;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.worker.shared.PartitionLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the place in each partition at which reading goes on: the ledger's position, as long as the log is the one that was
 * read. What Kafka deleted before it was read is noted and passed, for waiting would only lose more; a log that may hold
 * other records where some were accepted stops the trigger, for whether to read it is no program's choice.
 */
final class Placing {

    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);

    private final String trigger;
    private final String topic;
    private final StartAt startAt;
    private final Ledger ledger;
    private final TriggerMeters meters;
    private boolean begun;

    /** A place that the log contradicts. */
    private record Contradiction(Position position, PartitionLog log, String why) {}

    private final Map<TopicPartition, Contradiction> contradictions = new HashMap<>();

    /**
     * For one trigger in one topic.
     *
     * @param startAt where it begins in a topic in which it has never been
     */
    Placing(Subscription trigger, StartAt startAt, Ledger ledger, TriggerMeters meters) {
        this.trigger = trigger.trigger();
        this.topic = trigger.topic();
        this.startAt = startAt;
        this.ledger = ledger;
        this.meters = meters;
        this.begun = trigger.begunTopic().filter(topic::equals).isPresent();
    }

    /** Places what is not placed yet. Answers whether no log contradicts its position; one that does stays unplaced. */
    boolean place(TopicConsumer consumer, Places places) {
        contradictions.clear();
        if (!begun) {
            begin(consumer, places.log());
        }
        Map<Integer, Position> positions = ledger.triggers().positions(trigger, places.log());
        consumer.logs(places.unplaced()).forEach((partition, log) -> {
            Optional<Position> position = Optional.ofNullable(positions.get(partition.partition()));
            position.ifPresentOrElse(
                    known -> place(places, partition, known, log), () -> places.placeAt(partition, log.start()));
        });
        return contradictions.isEmpty();
    }

    /** All partitions at once, for all workers: one that is added later is read from its beginning. */
    private void begin(TopicConsumer consumer, TopicLog log) {
        Map<Integer, Long> begins = new HashMap<>();
        if (ledger.triggers().positions(trigger, log).isEmpty()) {
            offsets(consumer).forEach((partition, offset) -> begins.put(partition.partition(), offset));
        }
        if (ledger.triggerLogs().begin(trigger, topic, log, begins)) {
            LOG.info("Trigger {} begins in topic {} at {}: {}", trigger, topic, startAt.written(), begins);
        }
        begun = true;
    }

    private Map<TopicPartition, Long> offsets(TopicConsumer consumer) {
        return switch (startAt) {
            case StartAt.Earliest _ -> Map.of();
            case StartAt.Latest _ ->
                consumer.logs().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().end()));
            case StartAt.From(var instant) -> consumer.offsetsAt(instant, consumer.logs());
        };
    }

    private void place(Places places, TopicPartition partition, Position position, PartitionLog log) {
        switch (places.verdict(partition, log, position)) {
            case PartitionLog.Verdict.GoesOn(long from) -> places.place(partition, position, from);
            case PartitionLog.Verdict.Lost(long from, long to) -> lose(source(places, partition), from, to);
            case PartitionLog.Verdict.Contradicts(String why) ->
                contradictions.put(partition, new Contradiction(position, log, why));
        }
    }

    /** The partition is placed behind what was lost in the next round. */
    private void lose(TriggerBatch.Source source, long from, long to) {
        if (!ledger.triggerLogs().lost(source, from, to)) {
            return;
        }
        meters.lost(to - from);
        LOG.error(
                "Trigger {} lost up to {} records: Kafka deleted offsets {} to {} of partition {} of {} before they were"
                        + " read. It goes on at offset {}; ask whoever wrote them to send them again, and look at the"
                        + " topic's retention",
                trigger,
                to - from,
                from,
                to - 1,
                source.partition(),
                topic,
                to);
    }

    /** Stops the trigger until an operator says whether the logs that contradict it count. */
    void stop(Places places) {
        contradictions.forEach((partition, found) -> {
            String reason = words(partition, found);
            boolean isNews = ledger.triggerLogs()
                    .stop(
                            source(places, partition),
                            found.position().next(),
                            found.log().start(),
                            found.log().end(),
                            reason);
            if (isNews) {
                LOG.error("Trigger {} stops: {}", trigger, reason);
            }
        });
    }

    private String words(TopicPartition partition, Contradiction found) {
        return "partition " + partition.partition() + " of " + partition.topic()
                + " is not the log that was read: " + found.why()
                + " (an unclean leader election, or a broker restored from a backup). Decide with: reprise trigger resume "
                + trigger + " --reason TEXT --from beginning, which reads it from offset "
                + found.log().start() + " and starts nothing twice, or --from end, which goes on at offset "
                + found.log().end();
    }

    private TriggerBatch.Source source(Places places, TopicPartition partition) {
        return new TriggerBatch.Source(trigger, places.log().id(), partition.partition());
    }
}
