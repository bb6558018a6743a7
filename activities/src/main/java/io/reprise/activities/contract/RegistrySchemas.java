package io.reprise.activities.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.contract.SchemaReference.ByGuid;
import io.reprise.activities.contract.SchemaReference.ById;
import io.reprise.catalog.contract.AvroText;
import io.reprise.catalog.contract.BadSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a registry that speaks Confluent's REST, whoever made it. One that does not answer as such is away, not empty.
 *
 * <p>It follows to where a registry has moved only while it has nothing to authorize itself with: whoever is there would get it.
 */
public final class RegistrySchemas implements SchemaSource, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_READ = 2 * AvroText.LONGEST + 10_000;

    private final String registry;
    private final Optional<String> authorization;
    private final Duration limit;
    private final HttpClient http;

    /**
     * Nothing is asked yet.
     *
     * @param registry such as {@code http://registry:8081}, or with the path under which it serves that
     * @param authorization the header of that name, where the registry wants one
     * @param limit how long one answer may take
     */
    public RegistrySchemas(URI registry, Optional<String> authorization, Duration limit) {
        this.registry = registry.toString().replaceFirst("/+$", "");
        this.authorization = authorization;
        this.limit = limit;
        this.http = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(authorization.isPresent() ? HttpClient.Redirect.NEVER : HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public Answer resolve(SchemaReference reference) {
        String path = switch (reference) {
            case ById named -> "/schemas/ids/" + Integer.toUnsignedString(named.id());
            case ByGuid named -> "/schemas/guids/" + named.guid();
        };
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry + path))
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .GET();
        authorization.ifPresent(it -> request.header("Authorization", it));
        try {
            Kept body = new Kept();
            int status = status(request.build(), body);
            return answer(reference, status, body.bytes.toByteArray());
        } catch (ExecutionException silent) {
            return away(reference, String.valueOf(silent.getCause()));
        } catch (TimeoutException silent) {
            return away(reference, "no whole answer within " + limit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return away(reference, "the wish to stop");
        }
    }

    /** The limit is for the whole answer: that of the request would end with its first bytes. */
    private int status(HttpRequest request, Kept body)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                http.sendAsync(request, BodyHandlers.ofByteArrayConsumer(body::add));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } finally {
            answer.cancel(true);
        }
    }

    /** As much of an answer as anybody wants to read, and a little more to tell that there was more. */
    private static final class Kept {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private void add(Optional<byte[]> part) {
            if (bytes.size() <= MOST_READ) {
                part.ifPresent(bytes::writeBytes);
            }
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Answer answer(SchemaReference reference, int status, byte[] body) {
        if (status == 404 && isOfARegistry(body)) {
            return new Answer.Unknown("asked " + registry + " for " + reference + " and found none");
        }
        if (status != 200) {
            return away(reference, "status " + status);
        }
        if (body.length > MOST_READ) {
            return new Answer.Unknown("asked " + registry + " for " + reference + " and found more than " + MOST_READ
                    + " bytes (expected: a schema of at most " + AvroText.LONGEST + " characters)");
        }
        try {
            JsonNode document = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return document.path("schema").isTextual()
                    ? schema(reference, document)
                    : away(reference, "an answer without a schema");
        } catch (JsonProcessingException noJson) {
            return away(reference, "an answer that is no JSON");
        }
    }

    /** Whether the registry itself said no, and not something on the way that has no registry behind it. */
    private static boolean isOfARegistry(byte[] body) {
        try {
            return JSON.readTree(body).path("error_code").isInt();
        } catch (IOException noJson) {
            return false;
        }
    }

    private Answer schema(SchemaReference reference, JsonNode document) {
        String type = document.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return unusable(reference, "a schema of type " + type, "AVRO");
        }
        if (!document.path("references").isEmpty()) {
            return unusable(reference, "a schema that refers to others", "one that has all its types within");
        }
        try {
            return new Answer.Found(AvroText.readWritten(document.path("schema").asText()));
        } catch (BadSchema bad) {
            return unusable(reference, bad.found(), bad.expected());
        }
    }

    private Answer unusable(SchemaReference reference, String found, String expected) {
        return new Answer.Unknown(
                "asked " + registry + " for " + reference + " and found " + found + " (expected: " + expected + ")");
    }

    private Answer away(SchemaReference reference, String found) {
        return new Answer.Away(
                "asked " + registry + " for " + reference + " and found " + found + " (expected: 200 or 404)");
    }
}
