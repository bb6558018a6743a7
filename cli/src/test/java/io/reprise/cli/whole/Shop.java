package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reprise.embedded.EmbeddedPostgresServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The shop as its customers and operators see it: over HTTP, through Kafka, and in its tables. */
final class Shop implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "shop.orders.placed";

    private final Stack stack;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaProducer<String, byte[]> producer;

    Shop(Stack stack) {
        this.stack = stack;
        Properties settings = new Properties();
        settings.put("bootstrap.servers", stack.kafka().bootstrapServers());
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        producer.close();
        http.close();
    }

    void awaitReady() {
        Awaitility.await("the api to be ready").atMost(START).until(() -> {
            if (!stack.apiProcess().isAlive() || !stack.worker().isAlive()) {
                throw new IllegalStateException("a process ended at its start. api:\n"
                        + stack.apiProcess().lastLines() + "\nworker:\n"
                        + stack.worker().lastLines());
            }
            return get("/health/readiness").status() == 200;
        });
    }

    static String order(String id, String account, String sku, long quantity, long unitPriceMinor) {
        return """
                {"orderId":"%s","accountId":"%s","currency":"EUR","lines":[{"sku":"%s","quantity":%d,"unitPriceMinor":%d}]}""".formatted(id, account, sku, quantity, unitPriceMinor);
    }

    Answer place(String order) {
        return post("/api/v1/orders", order, Map.of());
    }

    Answer place(String order, String idempotencyKey) {
        return post("/api/v1/orders", order, Map.of("Idempotency-Key", idempotencyKey));
    }

    Answer order(String id) {
        return get("/api/v1/orders/" + id);
    }

    /** Waits until the order is in one of the states, and answers with it. */
    Answer await(String id, String... statuses) {
        Supplier<Answer> look = () -> order(id);
        return Awaitility.await("order " + id + " to be " + String.join(" or ", statuses))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(look::get, answer -> List.of(statuses).contains(answer.text("status")));
    }

    Answer run(String workflowId) {
        return get("/api/v1/runs/" + URLEncoder.encode(workflowId, StandardCharsets.UTF_8));
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(stack.api().resolve(path)).GET());
    }

    Answer post(String path, String body) {
        return post(path, body, Map.of());
    }

    private Answer post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(stack.api().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (ConnectException notListening) {
            return new Answer(0, JSON.createObjectNode());
        } catch (IOException cut) {
            return new Answer(0, JSON.createObjectNode().put("error", cut.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the api", e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the api answered what is not JSON: " + body, e);
        }
    }

    /** Sends a record to the topic that places orders, and returns when the broker has it. */
    void send(String key, String value) {
        try {
            producer.send(new ProducerRecord<>(TOPIC, key, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending to " + TOPIC, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot send to " + TOPIC, e);
        }
    }

    /** Has the worker look for disagreements, and answers with what it found. */
    Answer audit(String kind) {
        Answer asked = post("/api/v1/audits", "{\"kind\":\"" + kind + "\"}");
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        return Awaitility.await("the audit of " + kind + " to end")
                .atMost(PATIENCE)
                .until(
                        () -> get("/api/v1/audits/" + asked.text("id")),
                        audit -> audit.body().has("endedAt"));
    }

    /** The open dead letters whose value names the order. */
    List<JsonNode> deadLetters(String orderId) {
        List<JsonNode> found = new ArrayList<>();
        get("/api/v1/dead-letters?status=OPEN").body().path("items").forEach(letter -> {
            if (letter.path("value").path("text").asText().contains(orderId)) {
                found.add(letter);
            }
        });
        return found;
    }

    long onHand(String sku) {
        return number("select on_hand from shop.inventory where sku = ?", sku);
    }

    long reserved(String sku) {
        return number("select reserved from shop.inventory where sku = ?", sku);
    }

    long balance(String account) {
        return number("select balance_minor from shop.accounts where account_id = ?", account);
    }

    /** Changes the database behind everybody's back. */
    void change(String statement) {
        try (Connection connection = connect();
                Statement change = connection.createStatement()) {
            change.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change the shop: " + statement, e);
        }
    }

    private long number(String query, String key) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).as(query + " for " + key).isTrue();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look into the shop: " + query, e);
        }
    }

    void execute(String statement) {
        try (Connection connection = connect();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change the shop: " + statement, e);
        }
    }

    /** Holds a row, so that a step which needs it waits until it is let go. */
    HeldRow hold(String query) {
        try {
            Connection connection = connect();
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(query + " for update")) {
                statement.execute();
            }
            return new HeldRow(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot hold a row: " + query, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.shopJdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
    }

    record HeldRow(Connection connection) implements AutoCloseable {

        /** Returns when somebody waits for the row. */
        void awaitWaiter() {
            Awaitility.await("a step to wait for the held row")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(this::somebodyWaits);
        }

        private boolean somebodyWaits() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(
                            "select count(*) from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))");
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1) > 0;
            }
        }

        /** A database that went away has let go of it. */
        @Override
        public void close() {
            try (connection) {
                if (connection.isValid((int) PATIENCE.toSeconds())) {
                    connection.rollback();
                }
            } catch (SQLException e) {
                throw new IllegalStateException("cannot let go of a row", e);
            }
        }
    }
}
