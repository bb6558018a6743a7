package io.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.api.shared.Caller;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiSettingsTest {

    private static final Path NO_FILE = Path.of("no-such-reprise.yaml");

    @TempDir
    private Path folder;

    @Test
    void listensOnLoopbackAndPort8080UnlessTold() {
        ApiSettings settings = ApiSettings.read(Map.of(), NO_FILE);

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.tokenFile()).isEmpty();
        assertThat(settings.temporalUi()).isEqualTo(URI.create("http://127.0.0.1:8233"));
    }

    @Test
    void refusesToListenBeyondLoopbackWithoutAToken() {
        assertThatThrownBy(() -> ApiSettings.read(Map.of("REPRISE_HTTP_HOST", "0.0.0.0"), NO_FILE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("REPRISE_HTTP_HOST=0.0.0.0", "REPRISE_TOKEN_FILE");
    }

    @Test
    void withATokenNobodyGetsInWithoutIt() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "a-secret-of-some-length\n");
        Map<String, String> environment = Map.of(
                "REPRISE_HTTP_PORT", "0",
                "REPRISE_TOKEN_FILE", token.toString(),
                "REPRISE_DB_URL", "jdbc:postgresql://127.0.0.1:1/none",
                "REPRISE_TEMPORAL_ADDRESS", "127.0.0.1:1");

        try (Api api = Api.start(ApiSettings.read(environment, NO_FILE));
                Caller caller = new Caller(api.uri())) {
            Caller.Answer without = caller.get("/api/v1/runs");
            Caller.Answer wrong = caller.get("/api/v1/runs", "Authorization", "Bearer another-secret-of-length");
            Caller.Answer right = caller.get("/api/v1/runs", "Authorization", "Bearer a-secret-of-some-length");
            Caller.Answer ready = caller.get("/health/readiness");

            assertThat(without.status()).isEqualTo(401);
            assertThat(without.json().at("/type").asText()).isEqualTo("urn:reprise:problem:unauthorized");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(right.status()).as("the ledger is away").isEqualTo(503);
            assertThat(right.json().at("/type").asText()).isEqualTo("urn:reprise:problem:ledger-unavailable");
            assertThat(right.header("Retry-After")).isNotBlank();
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().at("/parts").findValuesAsText("name")).contains("ledger", "temporal");
        }
    }
}
