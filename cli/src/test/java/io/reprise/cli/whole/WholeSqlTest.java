package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of SQL on real servers, from their files to the last row, through processes of their own. */
@Tag("whole")
class WholeSqlTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DAY = "2026-11-19";

    private static Stack stack;
    private static SqlServers servers;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() throws SQLException {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
        servers = new SqlServers();
        for (String connection : List.of(SqlServers.POSTGRES, SqlServers.MARIADB)) {
            servers.execute(
                    connection,
                    "create table raw_sales (day date not null, sku varchar(20) not null, quantity int not null)",
                    "create table daily_sales (day date not null, sku varchar(20) not null, quantity int not null,"
                            + " primary key (day, sku))",
                    "create table batches (batch varchar(20) primary key, day date not null, pieces int,"
                            + " accepted int)");
        }
    }

    @AfterAll
    static void stop() {
        servers.close();
        stack.close();
    }

    @Test
    void aPipelinePublishesOnPostgresAndItsUndoRestores() throws IOException, SQLException {
        publishAndRestore(SqlServers.POSTGRES);
    }

    @Test
    void aPipelinePublishesOnMariaDbAndItsUndoRestores() throws IOException, SQLException {
        publishAndRestore(SqlServers.MARIADB);
    }

    private void publishAndRestore(String connection) throws IOException, SQLException {
        servers.describe(folder.resolve("catalog"), 1);
        pipeline("sales-" + connection, connection);
        reprise("catalog", "apply", folder.resolve("catalog").toString());

        RepriseProcess first = run(connection, "batch=a", "most=1000");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        shown("pipeline/sales-" + connection + "/" + DAY + ",a").contains("no row yet"));
        servers.execute(
                connection, "insert into raw_sales values ('" + DAY + "', 'tea', 3), ('" + DAY + "', 'tea', 4)");
        Awaitility.await().atMost(PATIENCE).until(() -> !first.isAlive());

        assertThat(first.lastLines()).contains("SUCCEEDED");
        assertThat(servers.rows(connection, "select sku, quantity from daily_sales"))
                .containsExactly("tea 7");
        assertThat(servers.rows(connection, "select batch, pieces from batches"))
                .containsExactly("a 7");

        servers.execute(
                connection, "insert into raw_sales values ('" + DAY + "', 'tea', 90), ('" + DAY + "', 'rum', 1)");
        RepriseProcess second = run(connection, "batch=b", "most=50");
        Awaitility.await().atMost(PATIENCE).until(() -> !second.isAlive());

        assertThat(second.lastLines()).contains("FAILED", "DONE", "too-many-pieces");
        assertThat(servers.rows(connection, "select sku, quantity from daily_sales"))
                .containsExactly("tea 7");
        assertThat(servers.rows(connection, "select batch, pieces from batches"))
                .containsExactly("a 7");

        RepriseProcess third = run(connection, "batch=c", "most=1000");
        Awaitility.await().atMost(PATIENCE).until(() -> !third.isAlive());

        assertThat(third.lastLines()).contains("SUCCEEDED");
        assertThat(servers.rows(connection, "select sku, quantity from daily_sales order by sku"))
                .containsExactly("rum 1", "tea 97");
        assertThat(servers.rows(connection, "select batch, pieces from batches order by batch"))
                .containsExactly("a 7", "c 98");
    }

    @Test
    void aTerminatedPipelineIsShownAsStuckAndUndoneOnRequest() throws IOException, SQLException {
        servers.describe(folder.resolve("catalog"), 1);
        write("stopped", """
                pipeline: stopped
                slot: none
                steps:
                  - {id: here, connection: warehouse, sql: "insert into batches (batch, day) values ('stopped', '2026-11-19')", undo: "delete from batches where batch = 'stopped'"}
                  - {id: there, connection: mart, sql: "insert into batches (batch, day) values ('stopped', '2026-11-19')", undo: "delete from batches where batch = 'stopped'"}
                  - {id: allow, wait: {approval: "may it go on?", within: 1h}}
                """);
        reprise("catalog", "apply", folder.resolve("catalog").toString());
        String run = idIn(reprise("pipeline", "run", "stopped"));
        Awaitility.await().atMost(PATIENCE).until(() -> shown(run).contains("WAITING"));

        stack.terminate(run);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> shown(run).contains("terminated in Temporal after here, there"));
        reprise("run", "undo", run);

        Awaitility.await().atMost(PATIENCE).until(() -> shown(run).contains("CANCELLED"));
        for (String connection : List.of(SqlServers.POSTGRES, SqlServers.MARIADB)) {
            assertThat(servers.rows(connection, "select batch, day from batches where batch = 'stopped'"))
                    .isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsAwayIsToldInTheLedgerAndKeepsNobodyElseWaiting() throws IOException {
        servers.describe(folder.resolve("catalog"), 1);
        Files.writeString(folder.resolve("catalog/connections.yaml"), """
                away: {url: "jdbc:postgresql://127.0.0.1:1/none", user: nobody, pool: 2, limit: 2}
                """, StandardOpenOption.APPEND);
        write("away", """
                pipeline: away
                slot: none
                defaults: {connection: away, retry: {attempts: 20, first: 1s}}
                steps:
                  - {id: ask, sql: "select 1 as n", outputs: {n: {column: n}}}
                """);
        write("there", """
                pipeline: there
                slot: none
                defaults: {connection: warehouse}
                steps:
                  - {id: ask, sql: "select 1 as n", outputs: {n: {column: n}}}
                """);
        reprise("catalog", "apply", folder.resolve("catalog").toString());

        String away = idIn(reprise("pipeline", "run", "away"));
        String other = reprise("pipeline", "run", "there", "--wait");

        assertThat(other).contains("SUCCEEDED");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(reprise("run", "show", away)).contains("connection away gives no session"));
    }

    @Test
    void aConnectionIsListedPreparedAndProbed() throws IOException {
        servers.describe(folder.resolve("catalog"), 1);
        reprise("catalog", "apply", folder.resolve("catalog").toString());

        String probed = reprise("connection", "prepare", "mart", "--probe");
        String ddl = reprise("connection", "prepare", "mart", "--ddl");
        String listed = reprise("connection", "list");

        assertThat(probed).contains("MariaDB", "fenced", "held:").doesNotContain("BROKE");
        assertThat(ddl).contains("-- The kit of mart is there");
        assertThat(listed).contains("warehouse", "jdbc:mariadb:", "fenced").doesNotContain("s3cret");
    }

    private static String idIn(String printed) {
        return Pattern.compile("pipeline/(away|stopped)/\\S+")
                .matcher(printed)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    private RepriseProcess run(String connection, String... parameters) {
        List<String> words =
                new ArrayList<>(List.of("pipeline", "run", "sales-" + connection, "--slot", DAY, "--wait"));
        for (String parameter : parameters) {
            words.addAll(List.of("--param", parameter));
        }
        return RepriseProcess.start(folder, environment(), words.toArray(String[]::new));
    }

    /** Nothing as long as it was not accepted. */
    private String shown(String workflowId) {
        RepriseProcess shown = RepriseProcess.start(folder, environment(), "run", "show", workflowId);
        Awaitility.await().atMost(PATIENCE).until(() -> !shown.isAlive());
        return shown.lastLines();
    }

    private void pipeline(String name, String connection) throws IOException {
        write(name, """
                pipeline: NAME
                slot: day
                parameters:
                  batch: {type: string}
                  most: {type: integer}
                key: [batch]
                tables:
                  target: {name: daily_sales, scope: "day = :slot_day"}
                  stage: {like: target, per: run, keep-on-failure: 1d}
                defaults: {connection: CONNECTION, retry: {attempts: 5, first: 200ms}, timeout: 1m}
                failure: undo
                steps:
                  - id: arrived
                    wait:
                      sql: "select count(*) as n from raw_sales where day = :slot_day having count(*) > 0"
                      every: 300ms
                      within: 2m
                    outputs: {n: {column: n}}
                  - id: note
                    sql: "insert into batches (batch, day) values (:batch, :slot_day)"
                    undo: "delete from batches where batch = :batch"
                  - id: capture
                    sql: >-
                      insert into {stage} (day, sku, quantity)
                      select day, sku, sum(quantity) from raw_sales where day = :slot_day group by day, sku
                    outputs: {rows: affected}
                  - id: verify
                    check:
                      - {unique: {table: stage, columns: [day, sku]}}
                      - {rows: {table: stage, min: 1}}
                  - id: apply
                    publish: {from: stage, to: target, key: [day, sku], by: difference, undo: version}
                  - id: count
                    transaction:
                      - sql: >-
                          update batches set pieces = (select sum(quantity) from {target} where day = :slot_day)
                          where batch = :batch
                        expect: {affected: {equals: 1}}
                      - {check: {name: counted, sql: "select batch from batches where batch = :batch and pieces is null"}}
                  - id: accept
                    sql: "update batches set accepted = 1 where batch = :batch and pieces <= :most"
                    expect: {affected: {equals: 1}, else: {refuse: too-many-pieces}}
                """.replace("NAME", name).replace("CONNECTION", connection));
    }

    private void write(String name, String text) throws IOException {
        Path home = Files.createDirectories(folder.resolve("catalog/pipelines").resolve(name));
        Files.writeString(home.resolve("pipeline.yaml"), text);
    }

    private String reprise(String... words) {
        return RepriseProcess.run(folder, environment(), words);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(stack.environment());
        environment.put("REPRISE_URL", stack.api().toString());
        return environment;
    }
}
