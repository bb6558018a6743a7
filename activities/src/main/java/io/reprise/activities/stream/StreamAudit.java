package io.reprise.activities.stream;

import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.workflows.stream.StreamBalance;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/**
 * Balances a stream: reads again what Kafka has of it, day by day as it was read at first, and holds it against what was counted,
 * what the tables have, and which dead letters are kept.
 */
final class StreamAudit {

    private static final Reach NOTHING = new Reach(0, RecordRows.NO_WATERMARK);

    private final Sessions sessions;
    private final String bootstrap;
    private final SchemaSource schemas;
    private final DeadLetters letters;
    private final Clock clock;
    private final StreamDefinition stream;
    private final Supplier<TargetTables> tables;
    private final Map<StreamLog, RecordRows> readings = new HashMap<>();
    private final Map<StreamBooks.Reached, Map<Long, Integer>> daysOfLetters = new HashMap<>();

    StreamAudit(
            Sessions sessions,
            String bootstrap,
            SchemaSource schemas,
            DeadLetters letters,
            Clock clock,
            StreamDefinition stream,
            Supplier<TargetTables> tables) {
        this.sessions = sessions;
        this.bootstrap = bootstrap;
        this.schemas = schemas;
        this.letters = letters;
        this.clock = clock;
        this.stream = stream;
        this.tables = tables;
    }

    StreamBalance balance(Heart heart) throws SQLException, InterruptedException {
        daysOfLetters.clear();
        String name = stream.name().value();
        BalanceSheet sheet = new BalanceSheet(stream.typed().isPresent());
        List<StreamBooks.Reached> reached;
        try (Pulse _ = Pulse.of(heart, "reading the tables of " + name);
                StreamBooks books = StreamBooks.open(sessions, name, tables.get())) {
            reached = books.reached();
            books.read(sheet);
            readLetters(reached, books, sheet);
        }
        sheet.keepOnly(reached.stream().map(it -> it.log().id()).collect(Collectors.toSet()));
        try (CommittedRecords kafka = new CommittedRecords(bootstrap, stream.topic())) {
            return sheet.balance(name, compare(reached, kafka, sheet, heart));
        }
    }

    /** Those that the tables' moment had not got to yet, and those whose record was loaded all the same, are no part of it. */
    private void readLetters(List<StreamBooks.Reached> reached, StreamBooks books, BalanceSheet sheet)
            throws SQLException {
        letters.eachUnreplayed(
                "stream/" + stream.name().value(),
                letter -> reached.stream()
                        .filter(it -> it.log().id().equals(letter.record().topicId())
                                && it.partition() == letter.record().partition()
                                && letter.record().offset() < it.next())
                        .findFirst()
                        .ifPresent(place -> daysOfLetters
                                .computeIfAbsent(place, it -> new HashMap<>())
                                .put(letter.record().offset(), day(letter, place.log()))));
        for (Map.Entry<StreamBooks.Reached, Map<Long, Integer>> found : daysOfLetters.entrySet()) {
            StreamBooks.Reached place = found.getKey();
            Map<Long, Integer> days = found.getValue();
            days.keySet().removeAll(books.loaded(place.log(), place.partition(), Set.copyOf(days.keySet())));
            days.values()
                    .forEach(day ->
                            sheet.letter(new BalanceSheet.Place(place.log().id(), place.partition(), day)));
        }
    }

    private int day(DeadLetter letter, StreamLog log) {
        ConsumerRecord<byte[], byte[]> record = LetterRecords.of(letter.record());
        return letter.cause().code().equals(Refusals.CODE) && record.value() != null
                ? read(reading(log), new Batch(), List.of(record)).getFirst().day()
                : RecordRows.day(RawRow.micros(record));
    }

    private List<StreamBalance.Part> compare(
            List<StreamBooks.Reached> reached, CommittedRecords kafka, BalanceSheet sheet, Heart heart)
            throws InterruptedException {
        Optional<Uuid> topic = kafka.topicId();
        int newest = reached.stream().mapToInt(it -> it.log().number()).max().orElse(1);
        List<StreamBalance.Part> parts = new ArrayList<>();
        for (StreamBooks.Reached place : reached) {
            boolean isThere = topic.filter(place.log().topicId()::equals).isPresent()
                    && place.log().number() == newest;
            if (!isThere) {
                parts.add(place.part(null));
                continue;
            }
            long start = kafka.start(place.partition());
            parts.add(place.part(start));
            compare(place, start, kafka, sheet, heart);
        }
        return parts;
    }

    private void compare(StreamBooks.Reached place, long start, CommittedRecords kafka, BalanceSheet sheet, Heart heart)
            throws InterruptedException {
        if (start <= place.first() && place.lost() == 0 && !kafka.isCompacted()) {
            sheet.isWhole(place.log().id(), place.partition());
        }
        RecordRows reading = reading(place.log());
        Batch batch = new Batch();
        Map<Long, Integer> asLetters = daysOfLetters.getOrDefault(place, Map.of());
        kafka.read(
                place.partition(),
                Math.max(start, place.first()),
                place.next(),
                heart,
                records -> read(reading, batch, records)
                        .forEach(line -> sheet.committed(new BalanceSheet.Place(
                                place.log().id(),
                                place.partition(),
                                asLetters.getOrDefault(line.record().offset(), line.day())))));
    }

    /** @throws KafkaException where a schema cannot be asked for */
    private static List<Line> read(RecordRows reading, Batch batch, List<ConsumerRecord<byte[], byte[]>> records) {
        batch.clear();
        if (records.isEmpty()) {
            return List.of();
        }
        reading.fill(batch, records, NOTHING).hindrance().ifPresent(found -> {
            throw new KafkaException("cannot read offset " + found.offset() + " again: " + found.words());
        });
        return List.copyOf(batch.lines());
    }

    private RecordRows reading(StreamLog log) {
        return readings.computeIfAbsent(
                log,
                it -> new RecordRows(
                        new StreamTarget(stream.name().value(), it, tables.get(), LateRule.of(stream)),
                        schemas,
                        Duration.ZERO,
                        clock));
    }
}
