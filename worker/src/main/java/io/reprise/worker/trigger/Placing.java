package io.reprise.worker.trigger;

import io.reprise.db.Ledger;
import io.reprise.db.trigger.Position;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.worker.shared.PartitionLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    private final TriggerSettings settings;
    private final Ledger ledger;
    private final TriggerMeters meters;

    /** A place that the log contradicts. */
    private record Contradiction(Position position, PartitionLog log, String why) {}

    private final Map<TopicPartition, Contradiction> contradictions = new HashMap<>();

    Placing(TriggerSettings settings, Ledger ledger, TriggerMeters meters) {
        this.settings = settings;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** Places what is not placed yet. Answers whether no log contradicts its position; one that does stays unplaced. */
    boolean place(Reading open) {
        contradictions.clear();
        Map<Integer, Position> positions = ledger.triggers().positions(settings.name(), open.log());
        open.logs(open.unplaced()).forEach((partition, log) -> {
            Optional<Position> position = Optional.ofNullable(positions.get(partition.partition()));
            position.ifPresentOrElse(
                    known -> place(open, partition, known, log), () -> open.placeAtStart(partition, log));
        });
        return contradictions.isEmpty();
    }

    private void place(Reading open, TopicPartition partition, Position position, PartitionLog log) {
        switch (open.verdict(partition, log, position)) {
            case PartitionLog.Verdict.GoesOn(long from) -> open.place(partition, position, from);
            case PartitionLog.Verdict.Lost(long from, long to) -> lose(source(open, partition), from, to);
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
                settings.name(),
                to - from,
                from,
                to - 1,
                source.partition(),
                settings.topic().name(),
                to);
    }

    /** Stops the trigger until an operator says whether the logs that contradict it count. */
    void stop(Reading open) {
        contradictions.forEach((partition, found) -> {
            String reason = words(partition, found);
            boolean isNews = ledger.triggerLogs()
                    .stop(
                            source(open, partition),
                            found.position().next(),
                            found.log().start(),
                            found.log().end(),
                            reason);
            if (isNews) {
                LOG.error("Trigger {} stops: {}", settings.name(), reason);
            }
        });
    }

    private String words(TopicPartition partition, Contradiction found) {
        return "partition " + partition.partition() + " of " + partition.topic()
                + " is not the log that was read: " + found.why()
                + " (an unclean leader election, or a broker restored from a backup). Decide with: reprise trigger resume "
                + settings.name() + " --reason TEXT --from beginning, which reads it from offset "
                + found.log().start() + " and starts nothing twice, or --from end, which goes on at offset "
                + found.log().end();
    }

    private TriggerBatch.Source source(Reading open, TopicPartition partition) {
        return new TriggerBatch.Source(settings.name(), open.log().id(), partition.partition());
    }
}
