package io.reprise.catalog.stream;

import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.run.Name;
import java.time.Duration;
import java.util.Optional;

/**
 * A topic that is loaded into tables.
 *
 * @param group the consumer group: explicit, so that it stays the same
 * @param contract the subject whose newest version has the columns; without one only bytes are kept
 * @param eventTime the field that says when it happened; the contract's own, unless said
 * @param raw the table of the bytes
 * @param typed the table of the fields
 * @param lateAfter how long after its end, by the time of events, a day is still waited for
 * @param unknownSchema how long a schema that nobody knows is waited for
 * @param recordsPerSecond most of them, where the database is to be spared
 */
public record StreamDefinition(
        Name name,
        Optional<String> description,
        Optional<String> owner,
        String topic,
        String group,
        Optional<Name> contract,
        Optional<String> eventTime,
        Name connection,
        TableName raw,
        Optional<TableName> typed,
        Duration lateAfter,
        Late late,
        Lost lost,
        StartAt startAt,
        int batchRecords,
        Duration batchAge,
        Optional<Integer> recordsPerSecond,
        int stormPercent,
        int stormLeast,
        Duration unknownSchema) {

    /** What happens to records of a day that was taken for complete. */
    public enum Late {
        MARK_DAY,
        SIDE_TABLE,
        DROP_COUNTED
    }

    /** What happens where Kafka deleted records before they were loaded. */
    public enum Lost {
        CONTINUE,
        STOP
    }

    /** Where a partition begins in which the stream has never been. */
    public enum StartAt {
        EARLIEST,
        LATEST
    }

    /** The one text of this definition. Equal definitions are equal texts. */
    public String json() {
        return StreamText.write(this);
    }

    public static StreamDefinition fromJson(String text) {
        return StreamText.read(text);
    }
}
