package io.reprise.catalog.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.workflows.run.Name;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Writes contracts the one way in which equal ones are equal texts. Hashes stand in ledgers: never change it. */
final class ContractText {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXPECTED = " (expected: the text of a contract's definition)";

    private ContractText() {}

    static String write(ContractDefinition contract) {
        ObjectNode text = JSON.createObjectNode();
        text.put("contract", contract.subject().value());
        text.put("topic", contract.topic());
        contract.description().ifPresent(it -> text.put("description", it));
        contract.owner().ifPresent(it -> text.put("owner", it));
        text.put("compatibility", contract.compatibility().name());
        contract.key().ifPresent(it -> text.put("key", it));
        contract.eventTime().ifPresent(it -> text.put("event-time", it));
        contract.retention().ifPresent(it -> text.put("retention", it.toString()));
        ObjectNode tags = text.putObject("tags");
        new TreeMap<>(contract.tags()).forEach((field, words) -> words.forEach(tags.putArray(field)::add));
        contract.retired().forEach(text.putArray("retired")::add);
        ArrayNode waivers = text.putArray("waivers");
        contract.waivers().forEach(it -> write(it, waivers.addObject()));
        ArrayNode versions = text.putArray("versions");
        contract.versions()
                .forEach(it -> versions.addObject().put("version", it.version()).put("schema", it.text()));
        return text.toString();
    }

    private static void write(Waiver waiver, ObjectNode node) {
        node.put("rule", waiver.rule().written());
        node.put("version", waiver.version());
        waiver.path().ifPresent(it -> node.put("path", it));
        node.put("until", waiver.until().toString());
        node.put("reason", waiver.reason());
    }

    static ContractDefinition read(String written) {
        try {
            JsonNode text = JSON.readTree(written);
            return new ContractDefinition(
                    new Name(text.path("contract").asText()),
                    text.path("topic").asText(),
                    optional(text, "description"),
                    optional(text, "owner"),
                    Compatibility.valueOf(text.path("compatibility").asText()),
                    optional(text, "key"),
                    optional(text, "event-time"),
                    optional(text, "retention").map(Duration::parse),
                    tags(text),
                    numbers(text),
                    waivers(text),
                    versions(text));
        } catch (JsonProcessingException | DateTimeException unreadable) {
            throw new IllegalArgumentException("cannot read a contract" + EXPECTED, unreadable);
        }
    }

    private static Map<String, List<String>> tags(JsonNode text) {
        Map<String, List<String>> tags = new TreeMap<>();
        text.path("tags").properties().forEach(field -> {
            List<String> words = new ArrayList<>();
            field.getValue().forEach(word -> words.add(word.asText()));
            tags.put(field.getKey(), words);
        });
        return tags;
    }

    private static List<Integer> numbers(JsonNode text) {
        List<Integer> numbers = new ArrayList<>();
        text.path("retired").forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static List<Waiver> waivers(JsonNode text) {
        List<Waiver> waivers = new ArrayList<>();
        for (JsonNode waiver : text.path("waivers")) {
            String rule = waiver.path("rule").asText();
            waivers.add(new Waiver(
                    Rule.waivable(rule)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "cannot read a contract: found a waiver of '" + rule + "'" + EXPECTED)),
                    waiver.path("version").asInt(),
                    optional(waiver, "path"),
                    LocalDate.parse(waiver.path("until").asText()),
                    waiver.path("reason").asText()));
        }
        return waivers;
    }

    private static List<SchemaVersion> versions(JsonNode text) {
        List<SchemaVersion> versions = new ArrayList<>();
        for (JsonNode version : text.path("versions")) {
            SchemaVersion read = new SchemaVersion(
                    version.path("version").asInt(), version.path("schema").asText());
            if (read.schema().getType() != Schema.Type.RECORD) {
                throw new IllegalArgumentException(
                        "cannot read a contract: version " + read.version() + " is no record" + EXPECTED);
            }
            versions.add(read);
        }
        return versions;
    }

    private static Optional<String> optional(JsonNode text, String name) {
        return Optional.of(text.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
