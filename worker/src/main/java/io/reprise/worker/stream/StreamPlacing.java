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
        Map<Integer, PartitionLog> logs = open.logs(open.unplaced());
        begin(logs, known);
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
                .map(first -> new Stop(first.reason(), first.asksWhere(), Set.copyOf(stops.keySet())));
    }

    private void begin(Map<Integer, PartitionLog> logs, StreamState known) throws SQLException {
        Map<Integer, Checkpoint> found = checkpoints.all();
        for (Map.Entry<Integer, PartitionLog> entry : logs.entrySet()) {
            int partition = entry.getKey();
            if (!found.containsKey(partition)) {
                boolean decided = known.exchanged().contains(partition) && checkpoints.wasBefore(partition);
                if (!decided) {
                    checkpoints.beginAsBefore(partition);
                }
                checkpoints.begin(partition, start(entry.getValue(), known, decided));
            }
        }
    }

    Map<Integer, Checkpoint> checkpoints() throws SQLException {
        return checkpoints.all();
    }

    /** What was decided holds for the logs that were exchanged, and for no topic or partition that comes later. */
    private long start(PartitionLog log, StreamState known, boolean decided) {
        boolean fromEnd =
                decided ? known.goOnFrom().filter(from -> from == GoOnFrom.END).isPresent() : settings.fromEnd();
        return fromEnd ? log.end() : log.start();
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
                        settings.raw());
                continue;
            }
            words.add("the checkpoint of partition " + behind.getKey() + " is older than the table: " + settings.raw()
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
