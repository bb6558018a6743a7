package io.reprise.workflows.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each record of a stream.
 *
 * @param days by log, partition and day: those that differ first
 * @param omitted how many more days there are, none of which differs unless all that are here do
 */
public record StreamBalance(String stream, boolean balanced, List<Part> partitions, List<Day> days, int omitted) {

    public StreamBalance {
        partitions = List.copyOf(partitions);
        days = List.copyOf(days);
    }

    /**
     * One partition of a log.
     *
     * @param first where the stream began
     * @param next up to where it is loaded
     * @param lost offsets that Kafka deleted before they were loaded
     * @param keptFrom the first offset that Kafka still has; null where the log is gone
     */
    public record Part(
            String log,
            int partition,
            long first,
            long next,
            long lost,
            @Nullable Long keptFrom) {}

    /**
     * The records of one day of a partition.
     *
     * @param committed what Kafka has of it; null where Kafka no longer has all of it
     * @param rows that the raw table has
     * @param typedRows that the typed table has; null where there is none
     * @param asideRows that the table of late records has
     * @param letters dead letters that were not replayed
     * @param differences in words; none where all agree
     */
    public record Day(
            String log,
            int partition,
            String day,
            @Nullable Long committed,
            Counted counted,
            long rows,
            @Nullable Long typedRows,
            long asideRows,
            long letters,
            List<String> differences) {

        public Day {
            differences = List.copyOf(differences);
        }
    }

    /** What was counted in the transactions that loaded. */
    public record Counted(long loaded, long late, long aside, long dropped, long filtered, long tombstones, long dead) {

        public static final Counted NONE = new Counted(0, 0, 0, 0, 0, 0, 0);

        public long all() {
            return loaded + late + aside + dropped + filtered + tombstones + dead;
        }
    }
}
