package io.reprise.bench.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The api as somebody uses it who starts runs of pipelines. */
final class PipelineDoor implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI api;

    PipelineDoor(URI api) {
        this.api = api;
    }

    void awaitReady() throws InterruptedException {
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("the api is not ready after " + READY_LIMIT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(request("/health/readiness").GET()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Starts a run and answers with its id. */
    String run(String json) throws IOException, InterruptedException {
        return accepted("/api/v1/runs", json);
    }

    /** Starts a backfill and answers with its id. */
    String backfill(String json) throws IOException, InterruptedException {
        return accepted("/api/v1/backfills", json);
    }

    private String accepted(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("sent " + json + " to " + path + " and got " + answer.statusCode() + " "
                    + answer.body() + " (expected: 202)");
        }
        return JSON.readTree(answer.body()).required("id").asText();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(ANSWER);
    }

    @Override
    public void close() {
        http.close();
    }
}
