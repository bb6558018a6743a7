package io.reprise.worker.stream;

import io.reprise.activities.stream.Checkpoint;
import io.reprise.activities.stream.Checkpoints;
import io.reprise.activities.stream.Reach;
import io.reprise.db.Ledger;
import io.reprise.db.stream.GoOnFrom;
import io.reprise.db.stream.StreamState;
import io.reprise.worker.shared.PartitionLog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the partitions of a stream where their checkpoints say, and finds out which of them no longer fit their logs. */
final class StreamPlacing {

    private static final Logger LOG = LoggerFactory.getLogger(StreamPlacing.class);

    private final StreamSettings settings;
    private final Checkpoints checkpoints;
    private final Ledger ledger;
    private final StreamMeters meters;

    StreamPlacing(StreamSettings settings, Checkpoints checkpoints, Ledger ledger, StreamMeters meters) {
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** Why nothing may be loaded before somebody decided, and whether it has to be said where it goes on. */
    record Stop(String reason, boolean asksWhere, Set<Integer> exchanged) {}

    /**
     * Places what is not placed yet. Answers what speaks against it.
     *
     * @param reached is told where each placed partition goes on
     */
    Optional<Stop> place(StreamReading open, StreamState known, Map<Integer, Reach> reached) throws SQLException {
        Map<Integer, PartitionLog> topic = open.logs();
        Map<Integer, PartitionLog> logs = new TreeMap<>(topic);
        logs.keySet().retainAll(open.unplaced());
        begin(topic, logs.keySet(), known);
        List<String> older = olderThanTheTable(known);
        if (!older.isEmpty()) {
            return Optional.of(new Stop(older.getFirst(), true, Set.of()));
        }
        Map<Integer, Checkpoint> found = checkpoints.all();
        Map<Integer, Stop> stops = new TreeMap<>();
        logs.forEach((partition, log) -> Optional.ofNullable(found.get(partition))
                .flatMap(checkpoint -> place(open, checkpoint, log, reached))
                .ifPresent(stop -> stops.put(partition, stop)));
        return stops.values().stream()
                .findFirst()
                .map(first -> new Stop(first.reason(), first.asksWhere(), exchanged(stops)));
    }

    private static Set<Integer> exchanged(Map<Integer, Stop> stops) {
        return stops.entrySet().stream()
                .filter(stop -> stop.getValue().asksWhere())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A stream that was never anywhere begins in all partitions at once: those that it meets later were added later. */
    private void begin(Map<Integer, PartitionLog> topic, Set<Integer> unplaced, StreamState known) throws SQLException {
        if (checkpoints.isNew()) {
            Map<Integer, Long> places = new TreeMap<>();
            topic.forEach((partition, log) -> places.put(partition, settings.fromEnd() ? log.end() : log.start()));
            checkpoints.begin(places);
            return;
        }
        Set<Integer> found = checkpoints.all().keySet();
        for (int partition : unplaced) {
            PartitionLog log = topic.get(partition);
            if (log != null && !found.contains(partition)) {
                begin(partition, log, known);
            }
        }
    }

    /** What was decided holds for the logs that were exchanged, and for no topic or partition that comes later. */
    private void begin(int partition, PartitionLog log, StreamState known) throws SQLException {
        boolean wasBefore = checkpoints.wasBefore(partition);
        boolean isExchanged = wasBefore && known.exchanged().contains(partition);
        if (wasBefore && !isExchanged) {
            checkpoints.beginAsBefore(partition);
            return;
        }
        boolean fromEnd = isExchanged
                && known.goOnFrom().filter(from -> from == GoOnFrom.END).isPresent();
        checkpoints.begin(Map.of(partition, fromEnd ? log.end() : log.start()));
    }

    Map<Integer, Checkpoint> checkpoints() throws SQLException {
        return checkpoints.all();
    }

    private List<String> olderThanTheTable(StreamState known) throws SQLException {
        List<String> words = new ArrayList<>();
        for (Map.Entry<Integer, Long> behind : checkpoints.behindTheTable().entrySet()) {
            if (known.goOnFrom().filter(from -> from == GoOnFrom.TABLE).isPresent()) {
                checkpoints.goOnBehindTheTable(behind.getKey(), behind.getValue());
                LOG.warn(
                        "Stream {} goes on at offset {} of partition {}, behind the last row of {}",
                        settings.name(),
                        behind.getValue(),
                        behind.getKey(),
                        checkpoints.table());
                continue;
            }
            words.add("the checkpoint of partition " + behind.getKey() + " is older than the table: "
                    + checkpoints.table()
                    + " has rows up to offset " + (behind.getValue() - 1)
                    + ", and loading from the checkpoint on would load them twice. Restore the checkpoints of"
                    + " reprise_kit.stream_checkpoint as they were with the table, or let it go on behind the table's last"
                    + " row: reprise stream resume " + settings.name() + " --from table --reason TEXT");
        }
        if (words.isEmpty()
                && known.goOnFrom().filter(from -> from == GoOnFrom.TABLE).isPresent()) {
            ledger.streams().wentOnFromTable(settings.name());
        }
        return words;
    }

    private Optional<Stop> place(
            StreamReading open, Checkpoint checkpoint, PartitionLog log, Map<Integer, Reach> reached) {
        int partition = checkpoint.partition();
        return switch (open.verdict(checkpoint, log)) {
            case PartitionLog.Verdict.GoesOn(long from) -> {
                open.place(checkpoint, from);
                reached.put(partition, Reach.of(checkpoint));
                yield Optional.empty();
            }
            case PartitionLog.Verdict.Lost(long from, long to) -> lose(partition, from, to);
            case PartitionLog.Verdict.Contradicts(String why) ->
                Optional.of(new Stop(exchanged(open, partition, log, why), true, Set.of()));
        };
    }

    /** The partition is placed behind what was lost in the next round. */
    private Optional<Stop> lose(int partition, long from, long to) {
        String words = "Kafka deleted offsets " + from + " to " + (to - 1) + " of partition " + partition + " of "
                + settings.topic() + " before they were loaded";
        if (!settings.goOnBehindLoss()) {
            return Optional.of(new Stop(
                    words + ", and the stream says lost: stop. Say lost: continue to count them and go on",
                    false,
                    Set.of()));
        }
        try {
            if (checkpoints.lose(partition, from, to)) {
                meters.lost(to - from);
                LOG.error("{}: stream {} counts them as lost and goes on at offset {}", words, settings.name(), to);
            }
        } catch (SQLException away) {
            LOG.warn("Stream {} could not go past what is lost, and tries again: {}", settings.name(), away.toString());
        }
        return Optional.empty();
    }

    private String exchanged(StreamReading open, int partition, PartitionLog log, String why) {
        return "partition " + partition + " of " + open.log().topic() + " is not the log that was read: " + why
                + " (an unclean leader election, or a broker restored from a backup). Decide with: reprise stream resume "
                + settings.name() + " --reason TEXT --from beginning, which loads it from offset " + log.start()
                + " as another log, or --from end, which goes on at offset " + log.end();
    }

    void stop(Stop stop) {
        if (ledger.streams().stop(settings.name(), stop.reason(), stop.asksWhere(), stop.exchanged())) {
            LOG.error("Stream {} stops: {}", settings.name(), stop.reason());
        }
    }
}
