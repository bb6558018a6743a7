package io.reprise.api.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static Api api;
    private static Caller caller;

    @BeforeAll
    static void start() {
        api = Api.start(
                new ApiSettings(ApiSettings.DEFAULT_HOST, 0, Optional.empty(), ApiSettings.DEFAULT_TEMPORAL_UI));
        caller = new Caller(api.uri());
    }

    @AfterAll
    static void stop() {
        caller.close();
        api.close();
    }

    @Test
    void anUnknownPathIsAProblem() {
        Caller.Answer answer = caller.get("/api/v1/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().at("/type").asText()).isEqualTo("urn:reprise:problem:not-found");
        assertThat(answer.json().at("/instance").asText()).isEqualTo("/api/v1/nothing-here");
        assertThat(answer.json().at("/status").asInt()).isEqualTo(404);
        assertThat(answer.json().at("/detail").asText()).isNotBlank();
    }

    @Test
    void servesItsOwnDescriptionAndMetrics() {
        assertThat(caller.get("/openapi").body()).startsWith("openapi: 3");
        assertThat(caller.get("/metrics").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void withoutATokenOnlyThisMachineIsAnswered() {
        Caller.Answer answer = caller.get("/metrics", "Origin", "http://evil.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().at("/detail").asText()).contains("http://evil.example");
    }
}
