package io.reprise.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

/** The api with a ledger and without Temporal, which contracts do not need; asked as clients of Confluent's registry ask. */
final class ServedRegistry implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final EmbeddedPostgresServer postgres;
    private final Api api;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServedRegistry(EmbeddedPostgresServer postgres, Api api) {
        this.postgres = postgres;
        this.api = api;
    }

    static ServedRegistry start() {
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
        HikariConfig database = new HikariConfig();
        database.setJdbcUrl(postgres.jdbcUrl());
        database.setUsername(EmbeddedPostgresServer.USER);
        database.setPassword(EmbeddedPostgresServer.PASSWORD);
        try (HikariDataSource ledger = new HikariDataSource(database)) {
            LedgerMigrations.migrate(ledger);
        }
        Map<String, String> settings = Map.of(
                "REPRISE_HTTP_PORT", "0",
                "REPRISE_DB_URL", postgres.jdbcUrl(),
                "REPRISE_TEMPORAL_ADDRESS", "127.0.0.1:1");
        return new ServedRegistry(postgres, Api.start(ApiSettings.read(settings, Path.of("no-such-reprise.yaml"))));
    }

    URI uri(String path) {
        return api.uri().resolve(path);
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri("/registry" + path)));
    }

    /** Answers the version that it has become, with its id. */
    JsonNode register(String subject, String schema) {
        String wish = JSON.createObjectNode().put("schema", schema).toString();
        post("/registry/subjects/" + subject + "/versions", wish);
        return post("/registry/subjects/" + subject, wish);
    }

    JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Override
    public void close() {
        http.close();
        api.close();
        postgres.close();
    }
}
