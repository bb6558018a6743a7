package io.reprise.cli.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Talks to the api. A problem that it answers with ends the command, with the exit code that fits. */
public final class ApiClient {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI api;
    private final Optional<String> token;
    private final String actor;

    ApiClient(URI api, Optional<String> token, String actor) {
        this.api = api;
        this.token = token;
        this.actor = actor;
    }

    /** A part of a path, such as a run id that holds slashes. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    /** The answer as it came. */
    public String text(String path) {
        return send(request(path).GET());
    }

    public JsonNode post(String path, JsonNode body) {
        return post(path, body.toString().getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    /**
     * Asks for something to be done.
     *
     * @param idempotencyKey makes a repeated command the same request; without it, each is a new one
     */
    public JsonNode post(String path, byte[] body, Optional<String> idempotencyKey) {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .header(
                        "Idempotency-Key",
                        idempotencyKey.orElseGet(() -> UUID.randomUUID().toString()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve("/api/v1" + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json")
                .header("Reprise-Actor", actor);
        token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
        return request;
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw failure(response);
            }
            return response.body();
        } catch (ConnectException e) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    "cannot reach the api at " + api
                            + " (expected: ./reprise dev or ./reprise api there, or REPRISE_URL"
                            + " and --url naming where it is)",
                    e);
        } catch (HttpTimeoutException e) {
            throw new CommandFailed(
                    ExitCode.TIMED_OUT,
                    "asked the api at " + api + " and had no answer within " + PATIENCE.toSeconds() + " s",
                    e);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE, "lost the api at " + api + " while it answered: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted while asking the api at " + api, e);
        }
    }

    private CommandFailed failure(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return new CommandFailed(
                    ExitCode.FAILED,
                    api + " answered with " + response.statusCode()
                            + " and no problem: is it Reprise that listens there?");
        }
        return new CommandFailed(exitCode(response.statusCode()), words(json(response.body())));
    }

    private static ExitCode exitCode(int status) {
        return switch (status) {
            case 404 -> ExitCode.NOT_FOUND;
            case 502, 503, 504 -> ExitCode.UNAVAILABLE;
            default -> status < 500 ? ExitCode.REFUSED : ExitCode.FAILED;
        };
    }

    private static String words(JsonNode problem) {
        StringBuilder words = new StringBuilder(problem.path("title").asText())
                .append(": ")
                .append(problem.path("detail").asText());
        for (JsonNode error : problem.path("errors")) {
            words.append(System.lineSeparator())
                    .append("  ")
                    .append(error.path("pointer").asText())
                    .append(": found ")
                    .append(error.path("found").asText())
                    .append(", expected ")
                    .append(error.path("expected").asText());
        }
        return words.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailed(ExitCode.FAILED, "the api answered with something that is not JSON", e);
        }
    }
}
