package io.reprise.activities.producer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.catalog.contract.AvroText;
import io.reprise.catalog.contract.BadSchema;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Asks a registry that speaks Confluent's REST, ours or another one, under which id it has a schema. It never registers one:
 * what is written is agreed before.
 */
public final class SchemaLookup implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final String registry;
    private final Optional<String> authorization;
    private final Duration limit;
    private final HttpClient http;

    /** What a registry says. */
    public sealed interface Answer {

        record Found(SchemaReference reference, Schema schema) implements Answer {}

        /** It has no such subject, version or schema, or none that can be written. */
        record Unknown(String words) implements Answer {}

        /** It does not answer, or not as a registry does. */
        record Away(String words) implements Answer {}
    }

    /**
     * Nothing is asked yet.
     *
     * @param registry such as {@code http://127.0.0.1:8080/registry}
     * @param authorization the header of that name, where the registry wants one
     * @param limit how long one answer may take
     */
    public SchemaLookup(URI registry, Optional<String> authorization, Duration limit) {
        this.registry = registry.toString().replaceFirst("/+$", "");
        this.authorization = authorization;
        this.limit = limit;
        this.http = HttpClient.newBuilder().connectTimeout(limit).build();
    }

    /** The id of a schema that the caller has. */
    public Answer find(String subject, Schema schema) {
        String wish = JSON.createObjectNode().put("schema", schema.toString()).toString();
        Answer answer = ask(
                "the schema " + schema.getFullName() + " of subject " + subject,
                request("/subjects/" + escaped(subject))
                        .header("Content-Type", MEDIA_TYPE)
                        .POST(BodyPublishers.ofString(wish))
                        .build());
        return answer instanceof Answer.Found found ? new Answer.Found(found.reference(), schema) : answer;
    }

    /** A version that the registry has, with its schema. */
    public Answer version(String subject, int version) {
        return ask(
                "version " + version + " of subject " + subject,
                request("/subjects/" + escaped(subject) + "/versions/" + version)
                        .GET()
                        .build());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry + path))
                .timeout(limit)
                .header("Accept", MEDIA_TYPE + ", application/json");
        authorization.ifPresent(it -> request.header("Authorization", it));
        return request;
    }

    private static String escaped(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer ask(String what, HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return new Answer.Unknown(asked(what) + "none");
            }
            if (answer.statusCode() != 200) {
                return new Answer.Away(asked(what) + "status " + answer.statusCode() + " (expected: 200 or 404)");
            }
            return read(what, JSON.readTree(answer.body()));
        } catch (JsonProcessingException noJson) {
            return new Answer.Away(asked(what) + "an answer that is no JSON (expected: a registry)");
        } catch (IOException silent) {
            return new Answer.Away(asked(what) + silent + " (expected: an answer)");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer.Away(asked(what) + "the wish to stop");
        }
    }

    private Answer read(String what, JsonNode found) {
        if (!found.path("id").isInt() || !found.path("schema").isTextual()) {
            return new Answer.Away(asked(what) + "no id and schema (expected: both)");
        }
        if (!found.path("schemaType").asText("AVRO").equals("AVRO")) {
            return new Answer.Unknown(
                    asked(what) + "a schema of type " + found.path("schemaType").asText() + " (expected: AVRO)");
        }
        try {
            return new Answer.Found(
                    new SchemaReference.ById(found.path("id").intValue()),
                    AvroText.readWritten(found.path("schema").asText()));
        } catch (BadSchema bad) {
            return new Answer.Unknown(asked(what) + bad.found() + " (expected: " + bad.expected() + ")");
        }
    }

    private String asked(String what) {
        return "asked " + registry + " for " + what + " and found ";
    }
}
