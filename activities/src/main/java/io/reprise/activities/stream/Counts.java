package io.reprise.activities.stream;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** How many records of each partition and day met which fate, in one slice. */
final class Counts {

    private static final String ADD = """
            insert into reprise_kit.stream_count as c
                (stream, topic_id, log, partition, day, loaded, late, aside, dropped, filtered, tombstones, dead, late_at)
            select ?, ?, ?, n.partition, date '1970-01-01' + n.day, n.loaded, n.late, n.aside, n.dropped, n.filtered,
                   n.tombstones, n.dead, case when n.late + n.aside + n.dropped > 0 then ?::timestamptz end
            from unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[])
                as n (partition, day, loaded, late, aside, dropped, filtered, tombstones, dead)
            on conflict (stream, topic_id, log, partition, day) do update
            set loaded = c.loaded + excluded.loaded, late = c.late + excluded.late, aside = c.aside + excluded.aside,
                dropped = c.dropped + excluded.dropped, filtered = c.filtered + excluded.filtered,
                tombstones = c.tombstones + excluded.tombstones, dead = c.dead + excluded.dead,
                late_at = coalesce(excluded.late_at, c.late_at)""";
    private static final List<Fate> ORDER =
            List.of(Fate.LOADED, Fate.LATE, Fate.ASIDE, Fate.DROPPED, Fate.FILTERED, Fate.TOMBSTONE, Fate.DEAD);

    /** A day of a partition. Rows are locked in this order. */
    private record Place(int partition, int day) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return partition == other.partition
                    ? Integer.compare(day, other.day)
                    : Integer.compare(partition, other.partition);
        }
    }

    private final Map<Place, Map<Fate, Long>> counts = new TreeMap<>();

    private Counts() {}

    /** @param dead whether all of them are dead letters, whatever was thought of them before */
    static Counts of(List<Line> lines, boolean dead) {
        Counts counts = new Counts();
        for (int from = 0; from < lines.size(); ) {
            Line first = lines.get(from);
            int to = from + 1;
            while (to < lines.size() && isAlike(first, lines.get(to))) {
                to++;
            }
            counts.counts
                    .computeIfAbsent(
                            new Place(first.record().partition(), first.day()), place -> new EnumMap<>(Fate.class))
                    .merge(dead ? Fate.DEAD : first.fate(), (long) (to - from), Long::sum);
            from = to;
        }
        return counts;
    }

    private static boolean isAlike(Line one, Line other) {
        return one.day() == other.day()
                && one.fate() == other.fate()
                && one.record().partition() == other.record().partition();
    }

    void add(Connection open, StreamTarget target, OffsetDateTime now) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        try (PreparedStatement add = open.prepareStatement(ADD)) {
            int index = 1;
            add.setString(index++, target.stream());
            add.setObject(index++, Checkpoints.id(target.log()));
            add.setShort(index++, (short) target.log().number());
            add.setObject(index++, now);
            add.setArray(index++, ints(open, Place::partition));
            add.setArray(index++, ints(open, Place::day));
            for (Fate fate : ORDER) {
                Object[] numbers = counts.values().stream()
                        .map(found -> found.getOrDefault(fate, 0L))
                        .toArray();
                add.setArray(index++, open.createArrayOf("int8", numbers));
            }
            add.executeUpdate();
        }
    }

    private Array ints(Connection open, Function<Place, Integer> part) throws SQLException {
        return open.createArrayOf("int4", counts.keySet().stream().map(part).toArray());
    }
}
