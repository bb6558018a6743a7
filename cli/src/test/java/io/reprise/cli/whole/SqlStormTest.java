package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that publish and pipelines that are undone, while their worker is killed again and again; then all is counted. */
@Tag("chaos")
class SqlStormTest {

    private static final int DAYS = 25;
    private static final int KILLS = 2;
    private static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static Stack stack;
    private static SqlServers servers;

    private final long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    private final Random chance = new Random(seed);
    private int killedAmidWork;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
        servers = new SqlServers();
    }

    @AfterAll
    static void stop() {
        servers.close();
        stack.close();
    }

    @Test
    void killsOnPostgresLoseNothingAndDoubleNothing() throws IOException, SQLException {
        storm(SqlServers.POSTGRES);
    }

    @Test
    void killsOnMariaDbLoseNothingAndDoubleNothing() throws IOException, SQLException {
        storm(SqlServers.MARIADB);
    }

    /** First every day is published, then every day is published with more and undone, each time through kills. */
    private void storm(String connection) throws IOException, SQLException {
        System.out.println("seed " + seed + " on " + connection);
        prepare(connection);
        List<String> published = sell(connection, 100);

        runAll(connection, "kept", 1);

        assertThat(states(connection, "kept")).as("seed %d", seed).containsExactly(Map.entry("Succeeded", DAYS));
        assertThat(sales(connection)).as("seed %d", seed).isEqualTo(published);
        assertThat(batches(connection)).as("seed %d", seed).isEqualTo(Map.of("kept", DAYS));

        sell(connection, 100);
        runAll(connection, "undone", 0);

        assertThat(states(connection, "undone")).as("seed %d", seed).containsExactly(Map.entry("Undone", DAYS));
        assertThat(sales(connection)).as("seed %d", seed).isEqualTo(published);
        assertThat(batches(connection)).as("seed %d", seed).isEqualTo(Map.of("kept", DAYS));
        assertThat(killedAmidWork).as("kills amid work, seed %d", seed).isPositive();
    }

    private void prepare(String connection) throws IOException, SQLException {
        servers.execute(
                connection,
                "create table raw_sales (day date not null, sku varchar(20) not null, quantity int not null)",
                "create table daily_sales (day date not null, sku varchar(20) not null, quantity int not null,"
                        + " primary key (day, sku))",
                "create table batches (batch varchar(20) not null, day date not null, primary key (batch, day))");
        Path catalog = folder.resolve("catalog");
        servers.describe(catalog, 2);
        Path home = Files.createDirectories(catalog.resolve("pipelines/storm-" + connection));
        Files.writeString(home.resolve("pipeline.yaml"), """
                pipeline: storm-CONNECTION
                slot: day
                parameters:
                  batch: {type: string}
                  least: {type: integer}
                key: [batch]
                concurrency: {per-key: 1, slots: 25}
                tables:
                  target: {name: daily_sales, scope: "day = :slot_day"}
                  stage: {like: target, per: run, keep-on-failure: 1d}
                defaults: {connection: CONNECTION, retry: {attempts: 50, first: 200ms, max: 1s}, timeout: 4s}
                failure: undo
                steps:
                  - id: note
                    sql: "insert into batches (batch, day) values (:batch, :slot_day)"
                    undo: "delete from batches where batch = :batch and day = :slot_day"
                  - id: capture
                    sql: >-
                      insert into {stage} (day, sku, quantity)
                      select day, sku, sum(quantity) from raw_sales where day = :slot_day group by day, sku
                  - id: apply
                    publish: {from: stage, to: target, key: [day, sku], by: difference, undo: version}
                  - id: accept
                    sql: "update batches set batch = batch where batch = :batch and day = :slot_day and :least > 0"
                    expect: {affected: {equals: 1}, else: {refuse: not-accepted}}
                """.replace("CONNECTION", connection));
        Map<String, String> environment = new LinkedHashMap<>(stack.environment());
        environment.put("REPRISE_URL", stack.api().toString());
        RepriseProcess.run(folder, environment, "catalog", "apply", catalog.toString());
    }

    /** Answers what each day must come to. */
    private List<String> sell(String connection, int sales) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (int n = 0; n < sales; n++) {
            rows.add("('" + FIRST.plusDays(n % DAYS) + "', 'sku-" + chance.nextInt(5) + "', " + (1 + chance.nextInt(9))
                    + ")");
        }
        servers.execute(connection, "insert into raw_sales values " + String.join(", ", rows));
        return servers.rows(
                connection,
                "select concat(day, ' ', sku), sum(quantity) from raw_sales group by day, sku order by day, sku");
    }

    private void runAll(String connection, String batch, int least) {
        for (int day = 0; day < DAYS; day++) {
            stack.shop()
                    .post(
                            "/api/v1/runs",
                            "{\"kind\":\"pipeline\",\"name\":\"storm-%s\",\"slot\":\"%s\",\"parameters\":{\"batch\":\"%s\",\"least\":%d}}"
                                    .formatted(connection, FIRST.plusDays(day), batch, least));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            awaitProgress(connection, batch);
            stack.worker().kill();
            killedAmidWork += isOver(connection, batch) ? 0 : 1;
            stack.worker().startAgain();
        }
        Awaitility.await("seed " + seed).atMost(PATIENCE).until(() -> isOver(connection, batch));
    }

    /** Until a moment after some step, or some undo, was done. */
    private void awaitProgress(String connection, String batch) {
        List<String> before = fences(connection);
        Awaitility.await("seed " + seed)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !fences(connection).equals(before) || isOver(connection, batch));
        Instant at = Instant.now().plusMillis(chance.nextInt(600));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Instant.now().isAfter(at));
    }

    /** How many there are of each state; none before the first step has made them a table. */
    private static List<String> fences(String connection) {
        String table = connection.equals(SqlServers.POSTGRES) ? "reprise_kit.fence" : "reprise_kit_fence";
        try {
            return servers.rows(connection, "select state, count(*) from " + table + " group by state order by state");
        } catch (SQLException notYet) {
            return List.of();
        }
    }

    private static boolean isOver(String connection, String batch) {
        return states(connection, batch).keySet().stream()
                .allMatch(state -> state.equals("Succeeded") || state.equals("Undone"));
    }

    private static Map<String, Integer> states(String connection, String batch) {
        Map<String, Integer> states = new TreeMap<>();
        JsonNode runs = stack.shop()
                .get("/api/v1/runs?feature=pipeline&limit=200&name=storm-" + connection)
                .body();
        for (JsonNode run : runs.path("items")) {
            if (run.path("workflowId").asText().endsWith("," + batch)) {
                states.merge(run.path("state").asText(), 1, Integer::sum);
            }
        }
        return states;
    }

    private static List<String> sales(String connection) throws SQLException {
        return servers.rows(connection, "select concat(day, ' ', sku), quantity from daily_sales order by day, sku");
    }

    private static Map<String, Integer> batches(String connection) throws SQLException {
        Map<String, Integer> batches = new TreeMap<>();
        servers.rows(connection, "select batch, day from batches")
                .forEach(row -> batches.merge(row.substring(0, row.indexOf(' ')), 1, Integer::sum));
        return batches;
    }
}
