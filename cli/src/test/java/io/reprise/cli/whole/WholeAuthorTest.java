package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author of pipelines tries, and what a late row does, on real servers through processes of their own. */
@Tag("whole")
class WholeAuthorTest {

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
                    "create table sold (day date not null, sku varchar(20) not null, quantity int not null,"
                            + " changed bigint not null)",
                    "create table daily (day date not null, sku varchar(20) not null, quantity int not null,"
                            + " primary key (day, sku))",
                    "insert into sold values ('" + DAY + "', 'tea', 3, 1), ('" + DAY + "', 'rum', 1, 2)");
        }
    }

    @AfterAll
    static void stop() {
        servers.close();
        stack.close();
    }

    @Test
    void aStepIsTriedOnPostgresAndLeavesNothing() throws IOException, SQLException {
        tryOn(SqlServers.POSTGRES, "reprise_kit.fence");
    }

    @Test
    void aStepIsTriedOnMariaDbAndLeavesNothing() throws IOException, SQLException {
        tryOn(SqlServers.MARIADB, "reprise_kit_fence");
    }

    private void tryOn(String connection, String fence) throws IOException, SQLException {
        String name = "tried-" + connection;
        servers.describe(folder.resolve("catalog"), 2);
        write(name, """
                pipeline: NAME
                slot: day
                defaults: {connection: CONNECTION}
                tables:
                  target: {name: daily, scope: "day = :slot_day"}
                  stage: {like: target}
                steps:
                  - id: capture
                    sql: >-
                      insert into {stage} (day, sku, quantity)
                      select day, sku, sum(quantity) from sold where day = :slot_day group by day, sku
                    outputs: {rows: affected}
                  - {id: apply, publish: {from: stage, to: target, key: [day, sku]}}
                  - id: note
                    sql: "update daily set quantity = quantity + :capture.rows where day = :slot_day"
                    expect: {affected: {greater: 0}, else: {refuse: nothing-there}}
                  - {id: wrong, needs: [], sql: "delete from nowhere where day = :slot_day"}
                """.replace("NAME", name).replace("CONNECTION", connection));
        reprise("catalog", "apply", folder.resolve("catalog").toString());

        String captured = reprise("step", "run", name, "capture", "--slot", DAY, "--explain", "--rollback");
        RepriseProcess noOutput = ended("step", "run", name, "note", "--slot", DAY, "--rollback");
        RepriseProcess refused =
                ended("step", "run", name, "note", "--slot", DAY, "--output-of", "capture.rows=2", "--rollback");
        RepriseProcess published = ended("step", "run", name, "apply", "--slot", DAY, "--rollback");
        RepriseProcess wrong = ended("step", "run", name, "wrong", "--slot", DAY, "--rollback");
        RepriseProcess staying = ended("step", "run", name, "capture", "--slot", DAY);

        assertThat(captured).contains("output rows = 2", "its run would go on", "rolled back: nothing of it stays");
        assertThat(noOutput.lastLines()).contains("which reads capture.rows", "--output-of capture.rows=VALUE");
        assertThat(refused.lastLines()).contains("refused: nothing-there: cannot go on with step 'note'");
        assertThat(published.lastLines()).contains("asked to try 'apply': a publication keeps what it replaces");
        assertThat(wrong.lastLines()).contains("delete from nowhere where day = :slot_day", "^");
        assertThat(staying.lastLines()).contains("say --rollback");
        assertThat(List.of(
                        noOutput.exitCode(),
                        refused.exitCode(),
                        published.exitCode(),
                        wrong.exitCode(),
                        staying.exitCode()))
                .containsExactly(3, 3, 3, 3, 2);
        assertThat(servers.rows(
                        connection,
                        "select count(*), 0 from " + fence + " where step_key like 'pipeline/" + name + "%'"))
                .containsExactly("0 0");
        assertThat(servers.rows(connection, "select count(*), 0 from daily")).containsExactly("0 0");
        assertThat(servers.rows(connection, "select count(*), 0 from sold where day = '" + DAY + "'"))
                .containsExactly("2 0");
        assertThat(reprise("run", "list", "--output", "json")).doesNotContain(name);
    }

    /** Days are looked at once a minute at most, and all workers rest half a minute in between. */
    @Test
    void aLateRowRestatesItsDayAndNoOther() throws IOException, SQLException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate late = today.minusDays(2);
        servers.execute(
                SqlServers.POSTGRES,
                "create table arrived (like sold)",
                "create table summed (like daily including all)",
                "insert into arrived values ('" + late + "', 'tea', 3, 1), ('" + today.minusDays(1)
                        + "', 'tea', 5, 2)");
        servers.describe(folder.resolve("catalog"), 2);
        reprise("catalog", "apply", folder.resolve("catalog").toString());
        reprise("connection", "prepare", SqlServers.POSTGRES);
        write("restated", """
                pipeline: restated
                slot: day
                schedule: {cron: "0 0 * * *", zone: UTC, start: START, missed: all}
                input: {connection: warehouse, table: public.arrived, slot-column: day, digest: changed}
                late: {look-back: 5d, every: 1m, do: rerun}
                defaults: {connection: warehouse}
                tables:
                  target: {schema: public, name: summed, scope: "day = :slot_day"}
                  stage: {like: target}
                steps:
                  - id: capture
                    sql: >-
                      insert into {stage} (day, sku, quantity)
                      select day, sku, sum(quantity) from arrived where day = :slot_day group by day, sku
                  - {id: apply, publish: {from: stage, to: target, key: [day, sku], undo: version}}
                """.replace("START", today.minusDays(2).toString()));
        reprise("catalog", "apply", folder.resolve("catalog").toString());
        awaitRows(late + " 3", today.minusDays(1) + " 5");

        servers.execute(SqlServers.POSTGRES, "insert into arrived values ('" + late + "', 'tea', 4, 3)");
        awaitRows(late + " 7", today.minusDays(1) + " 5");

        assertThat(Pattern.compile("pipeline/restated/[0-9-]+~[0-9]+")
                        .matcher(reprise("run", "list", "--name", "restated", "--output", "json"))
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .containsExactly("pipeline/restated/" + late + "~2");
        assertThat(reprise("run", "show", "pipeline/restated/" + late + "~2", "--output", "json"))
                .containsPattern("\"source\"\\s*:\\s*\"late\"");
    }

    private static void awaitRows(String... expected) {
        Awaitility.await()
                .atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                servers.rows(SqlServers.POSTGRES, "select day, quantity from summed order by day"))
                        .containsExactly(expected));
    }

    private RepriseProcess ended(String... words) {
        RepriseProcess process = RepriseProcess.start(folder, environment(), words);
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process;
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
