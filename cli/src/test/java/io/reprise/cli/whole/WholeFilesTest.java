package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on databases that are files, SQLite and H2: from the catalog to the published rows and back, through processes. */
@Tag("whole")
class WholeFilesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DAY = "2026-11-19";

    private static Stack stack;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aPipelinePublishesOnSqliteAndItsUndoRestores() throws IOException, SQLException {
        publishAndRestore("lite", "jdbc:sqlite:" + folder.resolve("lite.db"));
    }

    /** Worker and test share the file, which takes a server that H2 starts by itself. */
    @Test
    void aPipelinePublishesOnH2AndItsUndoRestores() throws IOException, SQLException {
        publishAndRestore("two", "jdbc:h2:file:" + folder.resolve("two") + ";AUTO_SERVER=TRUE");
    }

    private void publishAndRestore(String connection, String url) throws IOException, SQLException {
        execute(
                url,
                "create table sold (sold_on date not null, sku varchar(20) not null, quantity int not null)",
                "create table daily (sold_on date not null, sku varchar(20) not null, quantity int not null,"
                        + " primary key (sold_on, sku))",
                "create table accepted (batch varchar(20) primary key)",
                "insert into sold values ('" + DAY + "', 'tea', 3), ('" + DAY + "', 'tea', 4)");
        describe(connection, url);
        RepriseProcess.run(
                folder,
                environment(),
                "catalog",
                "apply",
                folder.resolve("catalog").toString());

        String first = run(connection, "batch=a", "most=1000");
        assertThat(first).contains("SUCCEEDED");
        assertThat(rows(url, "select sku, quantity from daily")).containsExactly("tea 7");

        execute(url, "insert into sold values ('" + DAY + "', 'tea', 90), ('" + DAY + "', 'rum', 1)");
        String second = run(connection, "batch=b", "most=50");
        assertThat(second).contains("FAILED", "DONE", "too-many-pieces");
        assertThat(rows(url, "select sku, quantity from daily")).containsExactly("tea 7");

        String third = run(connection, "batch=c", "most=1000");
        assertThat(third).contains("SUCCEEDED");
        assertThat(rows(url, "select sku, quantity from daily order by sku")).containsExactly("rum 1", "tea 97");
        assertThat(rows(url, "select batch, 1 from accepted order by batch")).containsExactly("a 1", "c 1");
    }

    private void describe(String connection, String url) throws IOException {
        Path home = Files.createDirectories(folder.resolve("catalog/pipelines/files-" + connection));
        Files.writeString(
                folder.resolve("catalog/connections.yaml"),
                "%s: {url: \"%s\", user: sa, pool: 2, limit: 2}%n".formatted(connection, url));
        Files.writeString(home.resolve("pipeline.yaml"), """
                pipeline: files-CONNECTION
                slot: day
                parameters: {batch: {type: string}, most: {type: integer}}
                key: [batch]
                tables:
                  target: {name: daily, scope: "sold_on = :slot_day"}
                  stage: {like: target}
                defaults: {connection: CONNECTION, retry: {attempts: 5, first: 200ms}, timeout: 1m}
                failure: undo
                steps:
                  - id: capture
                    sql: >-
                      insert into {stage} (sold_on, sku, quantity)
                      select sold_on, sku, sum(quantity) from sold where sold_on = :slot_day group by sold_on, sku
                    outputs: {rows: affected}
                  - {id: verify, check: [{unique: {table: stage, columns: [sold_on, sku]}}, {rows: {table: stage, min: 1}}]}
                  - {id: apply, publish: {from: stage, to: target, key: [sold_on, sku], undo: version}}
                  - id: accept
                    sql: >-
                      insert into accepted (batch) select cast(:batch as varchar(20)) from {target}
                      where sold_on = :slot_day group by sold_on having sum(quantity) <= :most
                    expect: {affected: {equals: 1}, else: {refuse: too-many-pieces}}
                """.replace("CONNECTION", connection));
    }

    /** What it said, once it has ended. */
    private String run(String connection, String... parameters) {
        List<String> words =
                new ArrayList<>(List.of("pipeline", "run", "files-" + connection, "--slot", DAY, "--wait"));
        for (String parameter : parameters) {
            words.addAll(List.of("--param", parameter));
        }
        RepriseProcess process = RepriseProcess.start(folder, environment(), words.toArray(String[]::new));
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.lastLines();
    }

    private static void execute(String url, String... texts) throws SQLException {
        try (Connection open = DriverManager.getConnection(url, "sa", "");
                Statement statement = open.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    /** The first two columns of each row. */
    private static List<String> rows(String url, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection open = DriverManager.getConnection(url, "sa", "");
                Statement statement = open.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2));
            }
        }
        return rows;
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(stack.environment());
        environment.put("REPRISE_URL", stack.api().toString());
        return environment;
    }
}
