package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that every step of a pipeline uses is found nowhere afterwards: not in what worked, and not in what failed. */
@Tag("whole")
class WholeSecretsTest {

    private static final String PASSWORD = "Zx9-not-to-be-found";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Stack stack;
    private static EmbeddedPostgresServer warehouse;
    private static String warehouseUrl = "";

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
        warehouse = EmbeddedPostgresServer.start(Placement.temporary());
        warehouseUrl = warehouse.createDatabase("warehouse");
    }

    @AfterAll
    static void stop() {
        warehouse.close();
        stack.close();
    }

    @Test
    void isNeitherInTheLedgerNorInLogsHistoriesOrAnswers() throws IOException, SQLException {
        ask(warehouseUrl, "create table seen (n int)");
        ask(warehouseUrl, "alter role reprise password '" + PASSWORD + "'");
        catalog();

        String works = reprise("pipeline", "run", "works", "--param", "n=1", "--wait");
        String fails = reprise("pipeline", "run", "fails", "--param", "n=1", "--wait");
        reprise("pipeline", "run", "away", "--param", "n=1");
        String away = untilRefusedASession("pipeline/away/1");
        String probed = reprise("connection", "prepare", "kept", "--probe");

        assertThat(works).contains("SUCCEEDED");
        assertThat(fails).contains("FAILED");
        assertThat(List.of(works, fails, away, probed)).noneMatch(answer -> answer.contains(PASSWORD));
        assertThat(answers()).isNotEmpty().noneMatch(answer -> answer.contains(PASSWORD));
        assertThat(rowsOfTheLedger()).isNotEmpty().noneMatch(row -> row.contains(PASSWORD));
        assertThat(histories()).isNotEmpty().noneMatch(history -> history.contains(PASSWORD));
        assertThat(logs()).isNotEmpty().noneMatch(log -> log.contains(PASSWORD));
    }

    private void catalog() throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Files.writeString(catalog.resolve("connections.yaml"), """
                kept: {url: "%s", user: reprise, password-file: "%s", pool: 1, limit: 1}
                away: {url: "jdbc:postgresql://127.0.0.1:1/none", user: reprise, password-file: "%s", pool: 1, limit: 1}
                """.formatted(warehouseUrl, password, password));
        pipeline(catalog, "works", "kept", "insert into seen (n) values (:n)");
        pipeline(catalog, "fails", "kept", "insert into nowhere (n) values (:n)");
        pipeline(catalog, "away", "away", "insert into seen (n) values (:n)");
        assertThat(reprise("catalog", "apply", catalog.toString())).contains("works", "fails", "away");
    }

    private static void pipeline(Path catalog, String name, String connection, String sql) throws IOException {
        Path home = Files.createDirectories(catalog.resolve("pipelines").resolve(name));
        Files.writeString(home.resolve("pipeline.yaml"), """
                pipeline: %s
                slot: none
                parameters: {n: {type: integer}}
                key: [n]
                defaults: {connection: %s, retry: {attempts: 2, first: 100ms}, timeout: 20s}
                steps:
                  - {id: ask, sql: "%s"}
                """.formatted(name, connection, sql));
    }

    private static List<String> answers() {
        return Stream.of(
                        "/api/v1/runs",
                        "/api/v1/runs/pipeline%2Fworks%2F1",
                        "/api/v1/runs/pipeline%2Ffails%2F1/logs",
                        "/api/v1/runs/pipeline%2Faway%2F1",
                        "/api/v1/connections",
                        "/api/v1/pipelines")
                .map(path -> stack.shop().get(path))
                .map(answer -> {
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                    return answer.toString();
                })
                .toList();
    }

    private static List<String> rowsOfTheLedger() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : ask(
                stack.shopJdbcUrl(),
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                        + " where schemaname in ('reprise', 'reprise_kit', 'shop')")) {
            rows.addAll(ask(stack.shopJdbcUrl(), "select t::text from " + table + " t"));
        }
        return rows;
    }

    private static List<String> ask(String url, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(url, EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
        }
        return found;
    }

    /** As text, in which what is not printable is escaped and the rest stands as it is. */
    private static List<String> histories() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(stack.temporalTarget())
                .build());
        try (Stream<String> histories = WorkflowClient.newInstance(stubs)
                .listExecutions("")
                .map(execution -> WorkflowClient.newInstance(stubs)
                        .fetchHistory(
                                execution.getExecution().getWorkflowId(),
                                execution.getExecution().getRunId())
                        .getEvents()
                        .toString())) {
            return histories.toList();
        } finally {
            stubs.shutdownNow();
        }
    }

    private static List<String> logs() throws IOException {
        List<String> logs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(stack.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                logs.add(Files.readString(file));
            }
        }
        return logs;
    }

    /** A run goes on for as long as its database is away, since nobody else knows what its steps did. */
    private static String untilRefusedASession(String workflowId) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> stack.shop().run(workflowId).toString(), shown -> shown.contains("gives no session"));
    }

    /** Whether it ended well or not. */
    private String reprise(String... words) {
        Map<String, String> environment = new LinkedHashMap<>(stack.environment());
        environment.put("REPRISE_URL", stack.api().toString());
        RepriseProcess command = RepriseProcess.start(folder, environment, words);
        Awaitility.await().atMost(PATIENCE).until(() -> !command.isAlive());
        return command.lastLines();
    }
}
