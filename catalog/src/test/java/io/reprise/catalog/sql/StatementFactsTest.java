package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.SqlDialect.*;
import static io.reprise.catalog.sql.StatementKind.*;
import static io.reprise.catalog.sql.TransactionEffect.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementFactsTest {

    @Test
    void knowsWhatAnswersRows() {
        for (SqlDialect dialect : SqlDialect.values()) {
            assertThat(facts(dialect, "select a from t").answersRows()).isTrue();
            assertThat(facts(dialect, "with x as (select 1) select * from x").answersRows())
                    .isTrue();
            assertThat(facts(dialect, "(select 1) union (select 2)").answersRows())
                    .isTrue();
            assertThat(facts(dialect, "values (1)").answersRows()).isTrue();
            assertThat(facts(dialect, "insert into t select returning from u").kind())
                    .isEqualTo(CHANGE);
            assertThat(facts(dialect, "insert into t values (1)").answersRows()).isFalse();
            assertThat(facts(dialect, "update t set a = 1 returning a").answersRows())
                    .isTrue();
            assertThat(facts(dialect, "create table t (a int)").answersRows()).isFalse();
        }
        assertThat(facts(POSTGRESQL, "select a into u from t")).satisfies(facts -> {
            assertThat(facts.answersRows()).isFalse();
            assertThat(facts.kind()).isEqualTo(DEFINITION);
        });
        assertThat(facts(POSTGRESQL, "with x as (delete from t returning a) insert into u select a from x"))
                .satisfies(facts -> {
                    assertThat(facts.verb()).isEqualTo("INSERT");
                    assertThat(facts.answersRows()).isFalse();
                });
    }

    @Test
    void findsAQueryWhoseRowsNobodyTakes() {
        assertThat(facts(POSTGRESQL, "select a from t where b").goesNowhere()).isTrue();
        assertThat(facts(POSTGRESQL, "with x as (select 1) select * from x").goesNowhere())
                .isTrue();
        assertThat(facts(POSTGRESQL, "with x as (delete from t returning a) select * from x")
                        .goesNowhere())
                .isFalse();
        assertThat(facts(POSTGRESQL, "select a from t for update").goesNowhere())
                .isFalse();
        assertThat(facts(POSTGRESQL, "select setval('s', 1)").goesNowhere()).isFalse();
        assertThat(facts(MARIADB, "select a into @a from t").goesNowhere()).isFalse();
        assertThat(facts(SQLITE, "insert into t values (1) returning a").goesNowhere())
                .isFalse();
    }

    @Test
    void findsTransactionControl() {
        for (SqlDialect dialect : SqlDialect.values()) {
            for (String sql : List.of(
                    "begin",
                    "START TRANSACTION",
                    "commit",
                    "Rollback",
                    "rollback to savepoint a",
                    "savepoint a",
                    "release savepoint a",
                    "/* a */ commit")) {
                assertThat(facts(dialect, sql)).as(dialect + " " + sql).satisfies(facts -> {
                    assertThat(facts.kind()).isEqualTo(TRANSACTION);
                    assertThat(facts.transaction()).isEqualTo(CONTROLS);
                });
            }
        }
        assertControls(
                POSTGRESQL,
                "end",
                "abort",
                "prepare transaction 'a'",
                "commit prepared 'a'",
                "set transaction read only");
        assertControls(
                MARIADB,
                "set autocommit = 0",
                "set @@session.autocommit=1",
                "set sql_mode='', autocommit=0",
                "xa start 'a'",
                "set session transaction read only",
                "/*!40101 commit */",
                "begin not atomic insert into t values (1); commit; end",
                "if @a then rollback; end if",
                "set statement max_statement_time=1 for commit");
        assertControls(SQLITE, "end transaction", "begin immediate");
        assertControls(H2, "set autocommit off", "prepare commit a");
        assertThat(facts(POSTGRESQL, "select 'commit'").transaction()).isEqualTo(NONE);
        assertThat(facts(MARIADB, "update t set a = 'autocommit', b = 2").transaction())
                .isEqualTo(NONE);
    }

    @Test
    void findsWhatCommitsUnasked() {
        List<String> definitions = List.of(
                "create table t (a int)",
                "drop table t",
                "alter table t add b int",
                "truncate table t",
                "create index i on t (a)");
        for (String sql : definitions) {
            for (SqlDialect dialect : SqlDialect.values()) {
                assertThat(facts(dialect, sql).kind()).isEqualTo(DEFINITION);
                assertThat(facts(dialect, sql).transaction()).isEqualTo(dialect.ddlCommits() ? COMMITS : NONE);
            }
        }
        for (String sql : List.of(
                "lock tables a write",
                "unlock tables",
                "analyze table a",
                "grant select on a to b",
                "rename table a to b",
                "flush tables",
                "optimize table a",
                "set password = ''",
                "load index into cache a",
                "check table a",
                "begin not atomic create table t (a int); end",
                "create or replace table t (a int)")) {
            assertThat(facts(MARIADB, sql).transaction()).as(sql).isEqualTo(COMMITS);
        }
        for (String sql : List.of(
                "create temporary table t (a int)",
                "create or replace temporary table t (a int)",
                "drop temporary table t",
                "load data local infile 'a' into table t",
                "set @a = 1",
                "call p()",
                "replace into t values (1)",
                "analyze select 1",
                "begin not atomic insert into t values (1); end")) {
            assertThat(facts(MARIADB, sql).transaction()).as(sql).isEqualTo(NONE);
        }
    }

    @Test
    void findsWhatRefusesATransaction() {
        for (String sql : List.of(
                "vacuum",
                "create database a",
                "create index concurrently i on t (a)",
                "alter system set a = 1",
                "reindex table concurrently t",
                "alter table t detach partition p concurrently")) {
            assertThat(facts(POSTGRESQL, sql).transaction()).as(sql).isEqualTo(OUTSIDE_ONLY);
        }
        assertThat(facts(POSTGRESQL, "refresh materialized view concurrently v").transaction())
                .isEqualTo(NONE);
        assertThat(facts(SQLITE, "pragma foreign_keys = off").transaction()).isEqualTo(OUTSIDE_ONLY);
        assertThat(facts(SQLITE, "pragma main.wal_checkpoint").transaction()).isEqualTo(OUTSIDE_ONLY);
        assertThat(facts(SQLITE, "pragma user_version = 3").transaction()).isEqualTo(NONE);
        assertThat(facts(SQLITE, "pragma table_info(t)").transaction()).isEqualTo(NONE);
    }

    @Test
    void findsWhereTheTimeOfDayIsRead() {
        for (SqlDialect dialect : SqlDialect.values()) {
            assertThat(clocks(dialect, "select current_timestamp, CURRENT_DATE, t.current_date from t"))
                    .containsExactly("current_timestamp", "CURRENT_DATE");
            assertThat(clocks(dialect, "select 'now()', \"now\" -- now()\n")).isEmpty();
        }
        assertThat(clocks(
                        POSTGRESQL,
                        "select now(), clock_timestamp(), age(a), age(a, b), 'now'::timestamptz, date 'today',"
                                + " cast('yesterday' as date), random(), gen_random_uuid(), now from 'now'"))
                .containsExactly("now()", "clock_timestamp()", "age(a)", "'now'", "'today'", "'yesterday'");
        assertThat(clocks(
                        MARIADB,
                        "select now(6), sysdate(), unix_timestamp(), unix_timestamp(a), utc_date, uuid(), localtime"))
                .containsExactly("now(6)", "sysdate()", "unix_timestamp()", "utc_date", "localtime");
        assertThat(clocks(
                        SQLITE,
                        "select date('now'), datetime(), strftime('%Y', 'NOW', 'localtime'), strftime('%s'), date(day),"
                                + " strftime('%Y', day), julianday('2026-01-01'), random(), localtime"))
                .containsExactly("date('now')", "datetime()", "strftime('%Y', 'NOW', 'localtime')", "strftime('%s')");
        assertThat(clocks(H2, "select now(), curdate(), localtimestamp(3), random_uuid()"))
                .containsExactly("now()", "curdate()", "localtimestamp(3)");
    }

    @Test
    void saysOnWhichLineTheTimeOfDayIsRead() {
        assertThat(facts(POSTGRESQL, "select a,\n  now() - b").clocks())
                .containsExactly(new ClockReading("now()", new Place("a.sql", 2, 3)));
    }

    @Test
    void tellsACommandOfAClientFromSql() {
        assertThat(facts(POSTGRESQL, "\\copy t from 'a'")).satisfies(facts -> {
            assertThat(facts.kind()).isEqualTo(CLIENT_COMMAND);
            assertThat(facts.verb()).isEqualTo("\\copy t from 'a'");
        });
    }

    @Test
    void namesWhatAStatementDoes() {
        assertThat(List.of(
                        facts(POSTGRESQL, "create unlogged table t (a int)").verb(),
                        facts(MARIADB, "create or replace definer=`a`@`b` view v as select 1")
                                .verb(),
                        facts(POSTGRESQL, "with x as (select 1) update t set a = 1")
                                .verb(),
                        facts(H2, "merge into t key (a) values (1)").verb()))
                .containsExactly("CREATE TABLE", "CREATE VIEW", "UPDATE", "MERGE");
    }

    @Test
    void knowsADatabaseByItsAddress() {
        assertThat(SqlDialect.ofUrl("jdbc:postgresql://a/b")).contains(POSTGRESQL);
        assertThat(SqlDialect.ofUrl("JDBC:MariaDB://a/b")).contains(MARIADB);
        assertThat(SqlDialect.ofUrl("jdbc:h2:mem:a")).contains(H2);
        assertThat(SqlDialect.ofUrl("jdbc:oracle:thin:@a")).isEmpty();
        assertThat(Arrays.stream(SqlDialect.values()).filter(SqlDialect::ddlCommits))
                .containsExactly(MARIADB, MYSQL, H2);
    }

    private static void assertControls(SqlDialect dialect, String... statements) {
        for (String sql : statements) {
            assertThat(facts(dialect, sql).transaction())
                    .as(dialect + " " + sql)
                    .isEqualTo(CONTROLS);
        }
    }

    private static List<String> clocks(SqlDialect dialect, String sql) {
        return facts(dialect, sql).clocks().stream().map(ClockReading::words).toList();
    }

    private static StatementFacts facts(SqlDialect dialect, String sql) {
        return SqlScript.split(SqlText.ofFile("a.sql", sql), dialect)
                .statements()
                .getFirst()
                .facts();
    }
}
