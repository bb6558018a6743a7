package io.reprise.catalog.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.run.Name;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** Writes streams the one way in which equal ones are equal texts. */
final class StreamText {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXPECTED = " (expected: the text of a stream's definition)";

    private StreamText() {}

    static String write(StreamDefinition stream) {
        ObjectNode text = JSON.createObjectNode();
        text.put("stream", stream.name().value());
        stream.description().ifPresent(words -> text.put("description", words));
        stream.owner().ifPresent(owner -> text.put("owner", owner));
        text.put("topic", stream.topic());
        text.put("group", stream.group());
        stream.contract().ifPresent(subject -> text.put("contract", subject.value()));
        stream.eventTime().ifPresent(field -> text.put("event-time", field));
        text.put("connection", stream.connection().value());
        text.put("raw", stream.raw().toString());
        stream.typed().ifPresent(table -> text.put("typed", table.toString()));
        text.put("late-after", stream.lateAfter().toString());
        text.put("late", stream.late().name());
        text.put("lost", stream.lost().name());
        text.put("start-at", stream.startAt().name());
        text.put("batch-records", stream.batchRecords());
        text.put("batch-age", stream.batchAge().toString());
        stream.recordsPerSecond().ifPresent(rate -> text.put("records-per-second", rate));
        text.put("storm-percent", stream.stormPercent());
        text.put("storm-least", stream.stormLeast());
        text.put("unknown-schema", stream.unknownSchema().toString());
        return text.toString();
    }

    static StreamDefinition read(String written) {
        try {
            JsonNode text = JSON.readTree(written);
            return new StreamDefinition(
                    new Name(text.path("stream").asText()),
                    optional(text, "description"),
                    optional(text, "owner"),
                    text.path("topic").asText(),
                    text.path("group").asText(),
                    optional(text, "contract").map(Name::new),
                    optional(text, "event-time"),
                    new Name(text.path("connection").asText()),
                    table(text.path("raw").asText()),
                    optional(text, "typed").map(StreamText::table),
                    Duration.parse(text.path("late-after").asText()),
                    StreamDefinition.Late.valueOf(text.path("late").asText()),
                    StreamDefinition.Lost.valueOf(text.path("lost").asText()),
                    StreamDefinition.StartAt.valueOf(text.path("start-at").asText()),
                    text.path("batch-records").asInt(),
                    Duration.parse(text.path("batch-age").asText()),
                    Optional.of(text.path("records-per-second"))
                            .filter(JsonNode::isInt)
                            .map(JsonNode::asInt),
                    text.path("storm-percent").asInt(),
                    text.path("storm-least").asInt(),
                    Duration.parse(text.path("unknown-schema").asText()));
        } catch (JsonProcessingException | DateTimeException unreadable) {
            throw new IllegalArgumentException("cannot read a stream" + EXPECTED, unreadable);
        }
    }

    /** A name with or without the schema before it: neither has a dot of its own. */
    static TableName table(String written) {
        int dot = written.indexOf('.');
        return dot < 0 ? TableName.of(written) : TableName.of(written.substring(0, dot), written.substring(dot + 1));
    }

    private static Optional<String> optional(JsonNode text, String name) {
        return Optional.of(text.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
