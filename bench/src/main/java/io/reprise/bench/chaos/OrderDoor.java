package io.reprise.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reprise.bench.chaos.Told.CancelAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The api as a stubborn caller uses it: what gets no clear answer is asked again, with the same Idempotency-Key. */
final class OrderDoor {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI api;
    private final InstantSource clock;

    OrderDoor(URI api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** Places the order until the api says what it thinks of it, and returns the status. */
    int place(String json, String idempotencyKey) throws InterruptedException {
        HttpRequest request = request("/api/v1/orders")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        Instant limit = clock.instant().plus(PATIENCE);
        String lastAnswer = "none";
        while (clock.instant().isBefore(limit)) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() < 500) {
                    return answer.statusCode();
                }
                lastAnswer = answer.statusCode() + " " + answer.body();
            } catch (IOException away) {
                lastAnswer = away.toString();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IllegalStateException(
                "cannot place " + json + " within " + PATIENCE.toSeconds() + " s: the last answer was " + lastAnswer);
    }

    /** Asks once to cancel. */
    CancelAnswer cancel(String orderId) throws InterruptedException {
        HttpRequest request = request("/api/v1/orders/" + orderId + "/cancel")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\":\"changed my mind\"}"))
                .build();
        try {
            return switch (http.send(request, BodyHandlers.ofString()).statusCode()) {
                case 200, 202 -> CancelAnswer.ACCEPTED;
                case 409 -> CancelAnswer.TOO_LATE;
                default -> CancelAnswer.UNCLEAR;
            };
        } catch (IOException away) {
            return CancelAnswer.UNCLEAR;
        }
    }

    /**
     * Has Reprise audit itself.
     *
     * @param kind {@code orders} or {@code all}
     * @return what it found, a line each
     */
    List<Disagreement> audit(String kind) throws InterruptedException, IOException {
        HttpRequest request = request("/api/v1/audits")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"kind\":\"" + kind + "\"}"))
                .build();
        HttpResponse<String> asked = http.send(request, BodyHandlers.ofString());
        if (asked.statusCode() != 202) {
            return List.of(new Disagreement("audit " + kind, asked.statusCode() + " " + asked.body(), "202"));
        }
        String report =
                "/api/v1/audits/" + JSON.readTree(asked.body()).required("id").asText();
        Instant limit = clock.instant().plus(PATIENCE);
        while (clock.instant().isBefore(limit)) {
            JsonNode shown = JSON.readTree(http.send(request(report).GET().build(), BodyHandlers.ofString())
                    .body());
            if (!shown.path("endedAt").asText("").isEmpty()) {
                return findings(kind, shown);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return List.of(new Disagreement("audit " + kind, "no end after " + PATIENCE.toSeconds() + " s", "a report"));
    }

    private static List<Disagreement> findings(String kind, JsonNode report) {
        List<Disagreement> found = new ArrayList<>();
        for (JsonNode finding : report.path("findings").path("items")) {
            found.add(new Disagreement(
                    "audit " + kind + ": " + finding.path("kind").asText() + " "
                            + finding.path("subject").asText(),
                    finding.path("found").asText(),
                    finding.path("expected").asText()));
        }
        long told = report.path("disagreements").asLong();
        String state = report.path("state").asText();
        if (told > found.size()) {
            found.add(new Disagreement("audit " + kind, told + " in all", "none"));
        }
        if (!state.equals("DONE")) {
            found.add(new Disagreement(
                    "audit " + kind, state + " " + report.path("error").asText(), "DONE"));
        }
        return found;
    }

    boolean isReady() throws InterruptedException {
        try {
            return http.send(request("/health/readiness").GET().build(), BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException away) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(ANSWER);
    }
}
