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
import java.util.function.Supplier;
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
    private final Map<String, Integer> daysOfLetters = new HashMap<>();

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
        BalanceSheet sheet = new BalanceSheet(stream.typed().isPresent());
        heart.beat("reading the tables");
        List<StreamBooks.Reached> reached =
                new StreamBooks(sessions, stream.name().value(), tables.get()).read(sheet);
        letters.eachUnreplayed("stream/" + stream.name().value(), letter -> add(letter, reached, sheet));
        try (CommittedRecords kafka = new CommittedRecords(bootstrap, stream.topic())) {
            return sheet.balance(stream.name().value(), compare(reached, kafka, sheet, heart));
        }
    }

    /** Those that the tables' moment had not got to yet are no part of it. */
    private void add(DeadLetter letter, List<StreamBooks.Reached> reached, BalanceSheet sheet) {
        String log = letter.record().topicId();
        int partition = letter.record().partition();
        Optional<StreamBooks.Reached> place = reached.stream()
                .filter(it -> it.log().id().equals(log) && it.partition() == partition)
                .findFirst();
        if (place.filter(it -> letter.record().offset() < it.next()).isPresent()) {
            int day = day(letter, place.get().log());
            daysOfLetters.put(key(log, partition, letter.record().offset()), day);
            sheet.letter(new BalanceSheet.Place(log, partition, day));
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
            parts.add(place.part(isThere ? kafka.start(place.partition()) : null));
            if (isThere) {
                compare(place, kafka, sheet, heart);
            }
        }
        return parts;
    }

    private void compare(StreamBooks.Reached place, CommittedRecords kafka, BalanceSheet sheet, Heart heart) {
        long start = kafka.start(place.partition());
        if (start <= place.first() && place.lost() == 0) {
            sheet.isWhole(place.log().id(), place.partition());
        }
        RecordRows reading = reading(place.log());
        Batch batch = new Batch();
        kafka.read(
                place.partition(),
                Math.max(start, place.first()),
                place.next(),
                heart,
                records -> read(reading, batch, records)
                        .forEach(line -> sheet.committed(place(place.log().id(), line))));
    }

    private BalanceSheet.Place place(String log, Line line) {
        int partition = line.record().partition();
        Integer asLetter = daysOfLetters.get(key(log, partition, line.record().offset()));
        return new BalanceSheet.Place(log, partition, asLetter == null ? line.day() : asLetter);
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
        return new RecordRows(
                new StreamTarget(stream.name().value(), log, tables.get(), LateRule.of(stream)),
                schemas,
                Duration.ZERO,
                clock);
    }

    private static String key(String log, int partition, long offset) {
        return log + " " + partition + " " + offset;
    }
}
