package io.reprise.activities.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.reprise.activities.contract.SchemaReference.ByGuid;
import io.reprise.activities.contract.SchemaReference.ById;
import io.reprise.activities.contract.SchemaSource.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySchemasTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String NOT_FOUND = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    private static final UUID GUID = UUID.fromString("01234567-89ab-cdef-8899-aabbccddeeff");

    private final ConcurrentMap<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer registry = server();

    private record Reply(int status, String body) {}

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        registry.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath() + " "
                    + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                            .orElse("-"));
            Reply reply = replies.getOrDefault(exchange.getRequestURI().getPath(), new Reply(404, NOT_FOUND));
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    private Answer ask(SchemaReference reference) {
        try (RegistrySchemas schemas = new RegistrySchemas(address(), Optional.of("Basic dTpw"), LIMIT)) {
            return schemas.resolve(reference);
        }
    }

    private URI address() {
        return URI.create("http://localhost:" + registry.getAddress().getPort() + "/apis/ccompat/v7/");
    }

    private void replies(String path, int status, String body) {
        replies.put("/apis/ccompat/v7" + path, new Reply(status, body));
    }

    @Test
    void findsSchemasByIdAndByGuid() {
        replies("/schemas/ids/7", 200, "{\"schema\": \"\\\"string\\\"\"}");
        replies("/schemas/guids/" + GUID, 200, "{\"schema\": \"\\\"int\\\"\", \"schemaType\": \"AVRO\"}");

        assertThat(ask(new ById(7))).isEqualTo(new Answer.Found(Schema.create(Schema.Type.STRING)));
        assertThat(ask(new ByGuid(GUID))).isEqualTo(new Answer.Found(Schema.create(Schema.Type.INT)));
        assertThat(asked)
                .containsExactly(
                        "/apis/ccompat/v7/schemas/ids/7 Basic dTpw",
                        "/apis/ccompat/v7/schemas/guids/" + GUID + " Basic dTpw");
    }

    @Test
    void aSchemaThatTheRegistryDoesNotHaveIsUnknown() {
        assertThat(ask(new ById(8))).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\": \"syntax = proto3\", \"schemaType\": \"PROTOBUF\"}",
                "{\"schema\": \"\\\"a.B\\\"\", \"references\": [{\"name\": \"a.B\", \"subject\": \"b\", \"version\": 1}]}",
                "{\"schema\": \"{\"}"
            })
    void aSchemaThatAvroCannotReadIsUnknownAndNotAway(String body) {
        replies("/schemas/ids/9", 200, body);

        assertThat(ask(new ById(9))).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 408, 429, 500, 502, 503})
    void aRegistryThatRefusesOrFailsIsAway(int status) {
        replies("/schemas/ids/9", status, "");

        assertThat(ask(new ById(9))).isInstanceOf(Answer.Away.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "default backend - 404", "<html>404 Not Found</html>", "[]", "404"})
    void somethingOnTheWayThatFindsNoRegistryIsAwayAndNotEmpty(String body) {
        replies("/schemas/ids/9", 404, body);

        assertThat(ask(new ById(9))).isInstanceOf(Answer.Away.class);
    }

    @Test
    void anAnswerWithoutAnEndIsUnknownAndIsNotKept() {
        replies("/schemas/ids/9", 200, "{\"schema\": \"" + " ".repeat(5_000_000) + "\"}");

        assertThat(ask(new ById(9)))
                .isInstanceOfSatisfying(
                        Answer.Unknown.class,
                        unknown -> assertThat(unknown.words()).contains("found more than 2010000 bytes"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void followsToWhereARegistryHasMoved(int status) {
        registry.createContext("/old", moved(status, "/apis/ccompat/v7"));
        replies("/schemas/ids/7", 200, "{\"schema\": \"\\\"string\\\"\"}");

        assertThat(ask("/old", Optional.empty())).isEqualTo(new Answer.Found(Schema.create(Schema.Type.STRING)));
    }

    @Test
    void doesNotTakeItsPasswordToWhereARegistryHasMoved() {
        registry.createContext("/old", moved(302, "/apis/ccompat/v7"));
        replies("/schemas/ids/7", 200, "{\"schema\": \"\\\"string\\\"\"}");

        assertThat(ask("/old", Optional.of("Basic dTpw"))).isInstanceOf(Answer.Away.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aRegistryThatMovesForEverIsAway() {
        registry.createContext("/old", moved(302, "/old"));

        assertThat(ask("/old", Optional.empty())).isInstanceOf(Answer.Away.class);
    }

    private Answer ask(String home, Optional<String> authorization) {
        try (RegistrySchemas schemas = new RegistrySchemas(address().resolve(home), authorization, LIMIT)) {
            return schemas.resolve(new ById(7));
        }
    }

    private static HttpHandler moved(int status, String home) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", home + "/schemas/ids/7");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    @Test
    void aRegistryThatStopsWithinItsAnswerIsAwayAfterTheLimit() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        registry.createContext("/stuck", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"schema\"".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            asked.countDown();
        });

        try (RegistrySchemas schemas =
                new RegistrySchemas(address().resolve("/stuck"), Optional.empty(), Duration.ofMillis(500))) {
            assertThat(schemas.resolve(new ById(9)))
                    .isInstanceOfSatisfying(
                            Answer.Away.class,
                            away -> assertThat(away.words()).contains("no whole answer within PT0.5S"));
        }
        asked.await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>welcome</html>", "{}", "[]", "\"schema\""})
    void somethingElseThatAnswersInItsPlaceIsAway(String body) {
        replies("/schemas/ids/9", 200, body);

        assertThat(ask(new ById(9))).isInstanceOf(Answer.Away.class);
    }

    @Test
    void aRegistryThatNobodyReachesIsAway() {
        registry.stop(0);

        assertThat(ask(new ById(9))).isInstanceOf(Answer.Away.class);
    }

    @Test
    void aRegistryThatNeverAnswersIsAwayAfterTheLimit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RegistrySchemas schemas = new RegistrySchemas(
                        URI.create("http://localhost:" + silent.getLocalPort()),
                        Optional.empty(),
                        Duration.ofMillis(200))) {
            assertThat(schemas.resolve(new ById(9))).isInstanceOf(Answer.Away.class);
        }
    }
}
