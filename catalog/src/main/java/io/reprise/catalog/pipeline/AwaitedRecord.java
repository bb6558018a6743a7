package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.DefinitionText;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A record of a topic that a step waits for.
 *
 * @param key what its key must be
 * @param where what its value must meet, all of it
 * @param contract the subject of its Avro schemas; empty for JSON
 * @param capture where in its value the outputs of the step stand
 */
public record AwaitedRecord(
        String topic,
        Optional<String> key,
        List<RecordFilter> where,
        Optional<String> contract,
        Map<String, RecordPath> capture) {

    public AwaitedRecord {
        where = List.copyOf(where);
        capture = Collections.unmodifiableSortedMap(new TreeMap<>(capture));
    }

    /** As one run means it: every <code>{name}</code> is the value of that name. */
    public AwaitedRecord filled(UnaryOperator<String> values) {
        return new AwaitedRecord(
                topic,
                key.map(values),
                where.stream().map(condition -> condition.filled(values)).toList(),
                contract,
                capture);
    }

    public boolean mayHaveKey(Optional<String> found) {
        return key.isEmpty() || key.equals(found);
    }

    /** Whether its value has to be read at all. */
    public boolean readsValue() {
        return !where.isEmpty() || !capture.isEmpty();
    }

    public boolean isMetBy(Json value) {
        return where.stream().allMatch(condition -> condition.lets(value));
    }

    /** What is handed on of a record that meets it. */
    public FoundRecord take(String topicId, int partition, long offset, Json value) {
        return FoundRecord.of(topicId, partition, offset, value, capture);
    }

    /** In words, as in {@code a record of shop.days with the key EU in which $.type is closed}. */
    public String words() {
        Stream<String> conditions = where.stream().map(RecordFilter::words);
        return "a record of " + topic + key.map(it -> " with the key " + it).orElse("")
                + (where.isEmpty() ? "" : conditions.collect(Collectors.joining(" and ", " in which ", "")));
    }

    /** The one text of it. */
    public String json() {
        return DefinitionText.write(this);
    }

    public static AwaitedRecord fromJson(String text) {
        return DefinitionText.read(text, AwaitedRecord.class, "a record that is waited for");
    }
}
