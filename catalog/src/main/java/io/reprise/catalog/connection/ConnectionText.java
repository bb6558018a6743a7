package io.reprise.catalog.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.Name;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes connections the one way in which equal ones are equal texts, and without their secrets. */
final class ConnectionText {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXPECTED = " (expected: the text of a connection's definition)";

    private ConnectionText() {}

    static String write(ConnectionDefinition connection) {
        ObjectNode text = JSON.createObjectNode();
        text.put("connection", connection.name().value());
        text.put("url", connection.url());
        connection.user().ifPresent(user -> text.put("user", user));
        switch (connection.password()) {
            case Password.InFile(Path file) -> text.put("password-file", file.toString());
            case Password.Written _, Password.InCatalog _ -> text.put("password-in-catalog", true);
            case Password.None _ -> {}
        }
        text.put("pool", connection.pool());
        text.put("limit", connection.limit());
        connection.statementTimeout().ifPresent(limit -> text.put("statement-timeout", limit.toString()));
        if (!connection.properties().isEmpty()) {
            ObjectNode properties = text.putObject("properties");
            new TreeMap<>(connection.properties()).forEach(properties::put);
        }
        return text.toString();
    }

    static ConnectionDefinition read(String written) {
        try {
            JsonNode text = JSON.readTree(written);
            String url = text.path("url").asText();
            return new ConnectionDefinition(
                    new Name(text.path("connection").asText()),
                    SqlDialect.ofUrl(url)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "cannot read a connection: its address is of no known database" + EXPECTED)),
                    url,
                    optional(text, "user"),
                    password(text),
                    text.path("pool").asInt(),
                    text.path("limit").asInt(),
                    optional(text, "statement-timeout").map(Duration::parse),
                    properties(text));
        } catch (JsonProcessingException | DateTimeException unreadable) {
            throw new IllegalArgumentException("cannot read a connection" + EXPECTED, unreadable);
        }
    }

    private static Password password(JsonNode text) {
        if (text.path("password-in-catalog").asBoolean()) {
            return new Password.InCatalog();
        }
        return optional(text, "password-file")
                .<Password>map(file -> new Password.InFile(Path.of(file)))
                .orElse(new Password.None());
    }

    private static Map<String, String> properties(JsonNode text) {
        Map<String, String> properties = new TreeMap<>();
        text.path("properties")
                .properties()
                .forEach(property ->
                        properties.put(property.getKey(), property.getValue().asText()));
        return properties;
    }

    private static Optional<String> optional(JsonNode text, String name) {
        return Optional.of(text.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
