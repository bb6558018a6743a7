package io.reprise.catalog.stream;

import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.needed;
import static io.reprise.catalog.shared.Shape.text;

import io.reprise.catalog.shared.Shape;
import io.reprise.workflows.run.Name;
import java.util.List;
import java.util.regex.Pattern;

/** What may stand in {@code streams/<name>.yaml}. */
public final class StreamShape {

    private static final Pattern NAME = Pattern.compile(Name.FORM);

    private static final Shape INTO = keys(
            "into",
            StreamReader.INTO_KEYS,
            needed("connection", text(NAME), "A connection to PostgreSQL"),
            needed(
                    "table",
                    text(StreamReader.TABLE),
                    "The table that keeps the bytes; it is made where it is missing"));

    private static final Shape TYPED = keys(
            "typed",
            StreamReader.TYPED_KEYS,
            needed(
                    "table",
                    text(StreamReader.TABLE),
                    "The table that keeps the fields; columns are added, never taken away"),
            key(
                    "from",
                    new Shape.Words(List.of("contract")),
                    "Its columns are those of the contract's newest version"));

    private static final Shape LATE = keys(
            "late",
            StreamReader.LATE_KEYS,
            key("after", new Shape.Span(), "How long after its end, by the time of events, a day is waited for; 10m"),
            key(
                    "do",
                    new Shape.Words(List.of("mark-day", "side-table", "drop-counted")),
                    "Load them and mark their day, put them into a table beside, or count them"));

    private static final Shape BATCH = keys(
            "batch",
            StreamReader.BATCH_KEYS,
            key("records", new Shape.Whole(1, StreamReader.MOST_RECORDS), "Most records of one transaction; 50000"),
            key("within", new Shape.Span(), "Longest time until what was read is loaded; 500ms"));

    private static final Shape DEAD_LETTER = keys(
            "dead-letter",
            StreamReader.DEAD_LETTER_KEYS,
            key(
                    "storm",
                    new Shape.Whole(1, 100),
                    "The stream stops where more percent of a minute's records are bad; 50"),
            key("of", new Shape.Whole(1, 1_000_000_000), "… among at least so many; 100"),
            key("unknown-schema", new Shape.Span(), "How long a schema that nobody knows is waited for; 30s"));

    /** Of a whole file. */
    public static final Shape STREAM = keys(
            "stream",
            StreamReader.KEYS,
            needed("stream", text(NAME), "Its name, which is that of its file"),
            key("description", text(), "What comes in"),
            key("owner", text(), "Whom to ask"),
            needed("topic", text(StreamReader.TOPIC), "What is loaded"),
            key("group", text(StreamReader.TOPIC), "The consumer group; reprise.stream.<name>, unless said"),
            key("contract", text(NAME), "The subject that says what the records are; without one only bytes are kept"),
            needed("into", INTO, "Where the bytes go"),
            key("typed", TYPED, "Where the fields go"),
            key(
                    "event-time",
                    text(StreamReader.FIELD),
                    "The field that says when it happened; the contract's, unless said"),
            key("late", LATE, "What happens to records of a day that was complete"),
            key(
                    "lost",
                    new Shape.Words(List.of("continue", "stop")),
                    "Where Kafka deleted records before they were loaded: count them and go on, or stop"),
            key("start-at", new Shape.Words(List.of("earliest", "latest")), "Where a new partition begins"),
            key("batch", BATCH, "How much is loaded at once"),
            key("rate", new Shape.Whole(1, StreamReader.MOST_PER_SECOND), "Most records a second"),
            key("dead-letter", DEAD_LETTER, "What cannot be loaded"));

    private StreamShape() {}
}
