package io.reprise.activities.stream;

import io.reprise.workflows.stream.StreamBalance;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What Kafka, the counts, the tables and the dead letters say of each day of each partition, side by side. */
final class BalanceSheet {

    private static final int MOST_DAYS = 2_000;

    /** @param log as dead letters name it */
    record Place(String log, int partition, int day) {}

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::log).thenComparingInt(Place::partition).thenComparingInt(Place::day);

    /** What is said of one place. */
    private static final class Sides {
        private long committed;
        private StreamBalance.Counted counted = StreamBalance.Counted.NONE;
        private long rows;
        private long typedRows;
        private long asideRows;
        private long letters;
    }

    /** Which side tells of rows. */
    enum Table {
        RAW,
        TYPED,
        ASIDE
    }

    private final boolean hasTyped;
    private final Map<Place, Sides> places = new TreeMap<>(ORDER);
    private final Set<String> whole = new HashSet<>();

    BalanceSheet(boolean hasTyped) {
        this.hasTyped = hasTyped;
    }

    private Sides at(Place place) {
        return places.computeIfAbsent(place, it -> new Sides());
    }

    void counted(Place place, StreamBalance.Counted counted) {
        at(place).counted = counted;
    }

    void rows(Table table, Place place, long count) {
        Sides sides = at(place);
        switch (table) {
            case RAW -> sides.rows = count;
            case TYPED -> sides.typedRows = count;
            case ASIDE -> sides.asideRows = count;
        }
    }

    void letter(Place place) {
        at(place).letters++;
    }

    void committed(Place place) {
        at(place).committed++;
    }

    /** Takes away what is said of logs that are none of the stream's: another stream's rows in the same table, say. */
    void keepOnly(Set<String> logs) {
        places.keySet().removeIf(place -> !logs.contains(place.log()));
    }

    /** Kafka still has all that was loaded of this partition. */
    void isWhole(String log, int partition) {
        whole.add(log + " " + partition);
    }

    StreamBalance balance(String stream, List<StreamBalance.Part> parts) {
        List<StreamBalance.Day> days = new ArrayList<>();
        places.forEach((place, sides) -> days.add(day(place, sides)));
        days.sort(Comparator.comparing(day -> day.differences().isEmpty()));
        boolean balanced = days.isEmpty() || days.getFirst().differences().isEmpty();
        int shown = Math.min(MOST_DAYS, days.size());
        return new StreamBalance(stream, balanced, parts, days.subList(0, shown), days.size() - shown);
    }

    private StreamBalance.Day day(Place place, Sides sides) {
        boolean isWhole = whole.contains(place.log() + " " + place.partition());
        return new StreamBalance.Day(
                place.log(),
                place.partition(),
                LocalDate.ofEpochDay(place.day()).toString(),
                isWhole ? sides.committed : null,
                sides.counted,
                sides.rows,
                hasTyped ? sides.typedRows : null,
                sides.asideRows,
                sides.letters,
                differences(sides, isWhole));
    }

    private List<String> differences(Sides sides, boolean isWhole) {
        StreamBalance.Counted counted = sides.counted;
        long loaded = counted.loaded() + counted.late();
        List<String> found = new ArrayList<>();
        if (isWhole ? sides.committed != counted.all() : sides.committed > counted.all()) {
            found.add("Kafka has " + sides.committed + " records, and " + counted.all() + " are accounted for");
        }
        differ(found, "the raw table", sides.rows, loaded, "loaded");
        if (hasTyped) {
            differ(found, "the typed table", sides.typedRows, loaded, "loaded");
        }
        differ(found, "the table of late records", sides.asideRows, counted.aside(), "put there");
        if (sides.letters != counted.dead()) {
            found.add(sides.letters + " dead letters are kept, and " + counted.dead() + " were counted");
        }
        return found;
    }

    private static void differ(List<String> found, String table, long rows, long counted, String what) {
        if (rows != counted) {
            found.add(table + " has " + rows + " rows, and " + counted + " were " + what);
        }
    }
}
