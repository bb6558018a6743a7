package io.reprise.activities.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.catalog.sql.SqlDialect;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ScriptRunnerTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private static final Heart STEADY = doing -> {};

    private final TestDatabase database;
    private final SqlDialect dialect;
    private final List<LoggedStatement> log = new ArrayList<>();
    private HikariDataSource pool;

    ScriptRunnerTest(TestDatabase database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    @BeforeEach
    void openPool() {
        pool = database.pool(URLS.computeIfAbsent(database, TestDatabase::newDatabase), 2);
        database.execute(
                pool,
                "drop table if exists person",
                "create table person (name varchar(200) primary key, age bigint, born date, seen " + instantType()
                        + ", weight decimal(12,3), happy boolean)");
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void countsWhatTheStatementsChangeAndHandsOnWhatTheLastAnswers() throws SQLException {
        ScriptOutcome outcome = run("""
                insert into person (name, age) values ('Ada', 36), ('Grace', 85);
                update person set age = age + 1 where name = 'Ada';
                select name as oldest, age from person order by age desc
                """);

        assertThat(outcome.changed()).isEqualTo(3);
        assertThat(outcome.outputs(
                        Map.of("rows", Output.of("affected"), "oldest", Output.of("oldest"), "age", Output.of("age"))))
                .containsEntry("rows", 3L)
                .containsEntry("oldest", "Grace")
                .containsEntry("age", 85L);
        assertThat(log).extracting(it -> it.rows().getAsLong()).containsExactly(2L, 1L, 2L);
    }

    @Test
    void bindsEachValueAsIfItHadBeenWrittenThere() throws SQLException {
        Map<String, Parameter> values = Map.of(
                "name", Parameter.of(SqlValue.of("O'Hara")),
                "age", Parameter.of(SqlValue.of(5_000_000_000L)),
                "born", Parameter.of(SqlValue.of(LocalDate.of(2000, 2, 29))),
                "seen", Parameter.of(SqlValue.of(Instant.parse("2026-03-29T00:59:59.123456Z"))),
                "weight", Parameter.of(SqlValue.of(new BigDecimal("61.125"))),
                "happy", Parameter.of(SqlValue.of(true)),
                "nothing", Parameter.of(SqlValue.of(null)));

        ScriptOutcome outcome = run("""
                insert into person values (:name, :age, :born, :seen, :weight, :happy);
                select count(*) as found from person
                where name = :name and age = :age and born = :born and seen = :seen and weight = :weight and happy = :happy
                    and coalesce(:nothing, 'none') = 'none'
                """, values);

        assertThat(outcome.outputs(Map.of("found", Output.of("found")))).containsEntry("found", 1L);
    }

    @Test
    void showsTheLineOfAFailureWithACaret() {
        StatementFailed failure =
                failureOf("insert into person (name) values ('Ada');\nupdate person\nset nmae = 'x';\n");

        assertThat(failure.getMessage()).contains("at a.sql:3:5\n3 | set nmae = 'x';\n  |     ^");
        assertThat(failure.isTransient()).isFalse();
        assertThat(log.getLast().failure()).contains(failure.getMessage());
    }

    @Test
    void showsWhereTheSyntaxIsWrong() {
        StatementFailed failure = failureOf("-- all\nselect name\nfrm person;\n");

        assertThat(failure.getMessage()).containsAnyOf("at a.sql:3:1\n", "at a.sql:3:5\n");
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    void tellsNoSecret() {
        Map<String, Parameter> values = Map.of("token", Parameter.secret(SqlValue.of("s3cret-t'ken-4711")));

        StatementFailed failure = catchThrowableOfType(
                StatementFailed.class,
                () -> run(
                        "insert into person (name) values (:token);\ninsert into person (name) values (:token);",
                        values));

        assertThat(failure.getMessage()).doesNotContain("s3cret");
        assertThat((Throwable) failure).hasNoCause();
        assertThat(log.toString()).doesNotContain("s3cret").contains("token=***");
    }

    @Test
    void endsAStatementInItsDatabaseOnceNobodyWantsIt() throws SQLException {
        Heart stops = new Heart() {
            @Override
            public void beat(String doing) {
                throw new ActivityCanceledException();
            }

            @Override
            public Duration pause() {
                return Duration.ofMillis(200);
            }
        };

        assertThatExceptionOfType(ActivityCanceledException.class)
                .isThrownBy(() -> run(stops, TestScripts.of(dialect, database.endlessQuery())));

        assertThat(log.getLast().failure()).contains("ended: not wanted any more");
        assertThat(run("select 1 as one").answer()).isPresent();
    }

    @Test
    void refusesOutputsThatAreTooLargeOrNotThere() throws SQLException {
        ScriptOutcome outcome =
                run("select :long as much", Map.of("long", Parameter.of(SqlValue.of("x".repeat(1_025)))));

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> outcome.outputs(Map.of("much", Output.of("much"))))
                .withMessageContaining("cannot hand on output much: it has 1025 bytes (expected: 1024 or less");
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> outcome.outputs(Map.of("more", Output.of("more"))))
                .withMessageContaining("expected: more");
    }

    @Test
    void keepsTheFirstRowsAndCountsAll() throws SQLException {
        run("insert into person (name) values ('a'), ('b'), ('c'), ('d')");
        Script names = TestScripts.of(dialect, "select name from person order by name");

        ScriptOutcome outcome = run(STEADY, new Script(names.statements(), names.values(), false, 2));

        SqlOutcome answer = outcome.answer().orElseThrow();
        assertThat(answer.answered()).isEqualTo(4);
        assertThat(answer.first()).extracting(row -> row.getFirst().shown()).containsExactly("a", "b");
    }

    @Test
    void asksForThePlanWhereTheStepWants() throws SQLException {
        run(STEADY, TestScripts.explained(dialect, "select name from person where age > 30"));

        assertThat(log.getLast().plan().orElseThrow()).containsIgnoringCase("person");
    }

    private String instantType() {
        return switch (database) {
            case POSTGRESQL, H2 -> "timestamp(6) with time zone";
            case MARIADB -> "datetime(6)";
            case SQLITE -> "text";
        };
    }

    private StatementFailed failureOf(String sql) {
        StatementFailed failure = catchThrowableOfType(StatementFailed.class, () -> run(sql));
        assertThat((Throwable) failure).isNotNull();
        return failure;
    }

    private ScriptOutcome run(String sql) throws SQLException {
        return run(sql, Map.of());
    }

    private ScriptOutcome run(String sql, Map<String, Parameter> values) throws SQLException {
        return run(STEADY, TestScripts.of(dialect, sql, values));
    }

    private ScriptOutcome run(Heart heart, Script script) throws SQLException {
        try (Connection connection = pool.getConnection();
                StatementWatch watch = StatementWatch.start(heart)) {
            try {
                ScriptOutcome outcome = new ScriptRunner(watch, log::add, 1).run(connection, script);
                connection.commit();
                return outcome;
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }
}
