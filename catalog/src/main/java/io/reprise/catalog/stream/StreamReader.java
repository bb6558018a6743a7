package io.reprise.catalog.stream;

import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.run.Name;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one stream.
 *
 * <p>Refused: another name than the file's, connections and contracts that the catalog does not have, databases other than
 * PostgreSQL, a typed table without a contract, and one table for both bytes and fields.
 */
final class StreamReader {

    static final List<String> KEYS = List.of(
            "stream",
            "description",
            "owner",
            "topic",
            "group",
            "contract",
            "into",
            "typed",
            "event-time",
            "late",
            "lost",
            "start-at",
            "batch",
            "rate",
            "dead-letter");
    static final List<String> INTO_KEYS = List.of("connection", "table");
    static final List<String> TYPED_KEYS = List.of("table", "from");
    static final List<String> LATE_KEYS = List.of("after", "do");
    static final List<String> BATCH_KEYS = List.of("records", "within");
    static final List<String> DEAD_LETTER_KEYS = List.of("storm", "of", "unknown-schema");

    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    static final Pattern TABLE =
            Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$]{0,62}\\.)?[\\p{L}_][\\p{L}\\p{N}_$]{0,57}");
    static final int MOST_RECORDS = 200_000;
    static final int MOST_PER_SECOND = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final String TABLE_EXPECTED = "a table such as raw.events";

    private final Map<String, ConnectionDefinition> connections;
    private final Map<String, ContractDefinition> contracts;

    StreamReader(Map<String, ConnectionDefinition> connections, Map<String, ContractDefinition> contracts) {
        this.connections = connections;
        this.contracts = contracts;
    }

    /** @param name that of its file */
    Optional<StreamDefinition> read(String name, YamlValue file) {
        return file.object(KEYS).flatMap(fields -> stream(name, fields));
    }

    private Optional<StreamDefinition> stream(String name, YamlObject fields) {
        checkName(name, fields);
        Optional<String> topic =
                fields.required("topic", "the name of a topic").flatMap(it -> it.text(TOPIC, "the name of a topic"));
        Optional<String> group = fields.text("group", TOPIC, "the name of a consumer group");
        Optional<ContractDefinition> contract = contract(fields);
        Optional<YamlObject> into =
                fields.required("into", "{connection: …, table: …}").flatMap(it -> it.object(INTO_KEYS));
        Optional<Name> connection = into.flatMap(this::connection);
        Optional<TableName> raw =
                into.flatMap(it -> it.required("table", TABLE_EXPECTED)).flatMap(StreamReader::table);
        Optional<TableName> typed = typed(fields, contract, raw);
        Optional<String> eventTime = eventTime(fields, contract);
        Late late = late(fields);
        Batch batch = batch(fields);
        DeadLetter letters = deadLetter(fields);
        StreamDefinition.Lost lost =
                fields.word("lost", StreamDefinition.Lost.class).orElse(StreamDefinition.Lost.CONTINUE);
        StreamDefinition.StartAt startAt =
                fields.word("start-at", StreamDefinition.StartAt.class).orElse(StreamDefinition.StartAt.EARLIEST);
        Optional<Integer> rate = fields.integer("rate", 1, MOST_PER_SECOND);
        if (topic.isEmpty() || connection.isEmpty() || raw.isEmpty() || !Name.isName(name)) {
            return Optional.empty();
        }
        return Optional.of(new StreamDefinition(
                new Name(name),
                fields.text("description"),
                fields.text("owner"),
                topic.get(),
                group.orElse("reprise.stream." + name),
                contract.map(ContractDefinition::subject),
                eventTime,
                connection.get(),
                raw.get(),
                typed,
                late.after(),
                late.rule(),
                lost,
                startAt,
                batch.records(),
                batch.within(),
                rate,
                letters.percent(),
                letters.least(),
                letters.unknownSchema()));
    }

    private static void checkName(String name, YamlObject fields) {
        Optional<YamlValue> written = fields.required("stream", "the name of its file, " + name);
        Optional<String> text = written.flatMap(YamlValue::text);
        if (text.isPresent() && !text.get().equals(name)) {
            written.get().refuse(written.get().words(), "the name of its file, " + name);
        }
    }

    private Optional<ContractDefinition> contract(YamlObject fields) {
        Optional<YamlValue> written = fields.member("contract");
        Optional<String> subject = written.flatMap(YamlValue::text);
        if (subject.isPresent() && !contracts.containsKey(subject.get())) {
            written.get().refuseName("the unknown contract '" + subject.get() + "'", subject.get(), contracts.keySet());
        }
        return subject.map(contracts::get);
    }

    private Optional<Name> connection(YamlObject into) {
        Optional<YamlValue> written = into.required("connection", "a connection of the catalog");
        Optional<String> name = written.flatMap(YamlValue::text);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ConnectionDefinition connection = connections.get(name.get());
        if (connection == null) {
            written.get().refuseName("the unknown connection '" + name.get() + "'", name.get(), connections.keySet());
            return Optional.empty();
        }
        if (connection.dialect() != SqlDialect.POSTGRESQL) {
            written.get()
                    .refuse(
                            "a connection to " + connection.dialect(),
                            "one to PostgreSQL, for streams are loaded by its COPY");
            return Optional.empty();
        }
        return Optional.of(connection.name());
    }

    private static Optional<TableName> table(YamlValue written) {
        return written.text(TABLE, TABLE_EXPECTED).map(StreamText::table);
    }

    private static Optional<TableName> typed(
            YamlObject fields, Optional<ContractDefinition> contract, Optional<TableName> raw) {
        Optional<YamlObject> typed = fields.member("typed").flatMap(it -> it.object(TYPED_KEYS));
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        typed.get().text("from", Pattern.compile("contract"), "from: contract");
        if (contract.isEmpty() && !fields.has("contract")) {
            fields.key("typed")
                    .refuse("a typed table without a contract", "contract: a subject, whose fields are the columns");
        }
        Optional<TableName> table =
                typed.flatMap(it -> it.required("table", TABLE_EXPECTED)).flatMap(StreamReader::table);
        if (table.isPresent() && table.equals(raw)) {
            typed.get().key("table").refuse("the table of the bytes", "a table of its own");
        }
        return table;
    }

    private static Optional<String> eventTime(YamlObject fields, Optional<ContractDefinition> contract) {
        Optional<YamlValue> written = fields.member("event-time");
        Optional<String> field = written.flatMap(it -> it.text(FIELD, "a field of the contract"));
        if (field.isPresent() && contract.isEmpty() && !fields.has("contract")) {
            written.get().refuse(written.get().words(), "a contract that says what the records have");
        }
        return field.or(() -> contract.flatMap(ContractDefinition::eventTime));
    }

    private record Late(Duration after, StreamDefinition.Late rule) {}

    private static Late late(YamlObject fields) {
        Optional<YamlObject> late = fields.member("late").flatMap(it -> it.object(LATE_KEYS));
        return new Late(
                late.flatMap(it -> it.duration("after", Duration.ZERO, LONGEST)).orElse(Duration.ofMinutes(10)),
                late.flatMap(it -> it.word("do", StreamDefinition.Late.class)).orElse(StreamDefinition.Late.MARK_DAY));
    }

    private record Batch(int records, Duration within) {}

    private static Batch batch(YamlObject fields) {
        Optional<YamlObject> batch = fields.member("batch").flatMap(it -> it.object(BATCH_KEYS));
        return new Batch(
                batch.flatMap(it -> it.integer("records", 1, MOST_RECORDS)).orElse(50_000),
                batch.flatMap(it -> it.duration("within", Duration.ofMillis(1), Duration.ofMinutes(10)))
                        .orElse(Duration.ofMillis(500)));
    }

    private record DeadLetter(int percent, int least, Duration unknownSchema) {}

    private static DeadLetter deadLetter(YamlObject fields) {
        Optional<YamlObject> letters = fields.member("dead-letter").flatMap(it -> it.object(DEAD_LETTER_KEYS));
        return new DeadLetter(
                letters.flatMap(it -> it.integer("storm", 1, 100)).orElse(50),
                letters.flatMap(it -> it.integer("of", 1, 1_000_000_000)).orElse(100),
                letters.flatMap(it -> it.duration("unknown-schema", Duration.ZERO, Duration.ofDays(1)))
                        .orElse(Duration.ofSeconds(30)));
    }
}
