package io.reprise.api.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.db.contract.RegisteredSchema;
import io.reprise.db.contract.RegisteredVersion;
import java.util.List;

/** How the registry's answers are written. The names are those that its clients read. */
final class RegistryAnswer {

    static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RegistryAnswer() {}

    static String names(List<String> names) {
        ArrayNode list = NODES.arrayNode();
        names.forEach(list::add);
        return list.toString();
    }

    static String numbers(List<Integer> numbers) {
        ArrayNode list = NODES.arrayNode();
        numbers.forEach(list::add);
        return list.toString();
    }

    static String schema(RegisteredSchema schema) {
        return NODES.objectNode()
                .put("schema", schema.text())
                .put("schemaType", "AVRO")
                .put("guid", schema.guid().toString())
                .toString();
    }

    static String version(RegisteredVersion version) {
        return node(version).put("subject", version.subject()).toString();
    }

    private static ObjectNode node(RegisteredVersion version) {
        return NODES.objectNode()
                .put("version", version.version())
                .put("id", version.schema().id())
                .put("guid", version.schema().guid().toString())
                .put("schemaType", "AVRO")
                .put("schema", version.schema().text());
    }

    static String places(List<RegisteredVersion> versions) {
        ArrayNode list = NODES.arrayNode();
        versions.forEach(it -> list.addObject().put("subject", it.subject()).put("version", it.version()));
        return list.toString();
    }

    static String verdict(List<String> objections, boolean verbose) {
        ObjectNode verdict = NODES.objectNode().put("is_compatible", objections.isEmpty());
        if (verbose) {
            ArrayNode messages = verdict.putArray("messages");
            objections.forEach(messages::add);
        }
        return verdict.toString();
    }

    static String setting(String name, String value) {
        return NODES.objectNode().put(name, value).toString();
    }
}
