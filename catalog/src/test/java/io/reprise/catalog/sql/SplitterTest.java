package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.SqlDialect.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SplitterTest {

    @Test
    void tellsWhereEachStatementBegins() {
        SqlScript script = SqlScript.split(
                SqlText.ofFile("capture.sql", "\uFEFF-- the day\r\nselect 1;\r\n\r\n  ;; /* two */ select\r\n 2"),
                POSTGRESQL);

        assertThat(script.statements()).extracting(SqlStatement::text).containsExactly("select 1", "select\r\n 2");
        assertThat(script.statements())
                .extracting(statement -> statement.place().toString())
                .containsExactly("capture.sql:2:1", "capture.sql:4:16");
        assertThat(script.problems()).isEmpty();
    }

    @Test
    void countsLinesAndColumnsOfTheFileThatATextStandsIn() {
        SqlScript script = SqlScript.split(
                SqlText.within("pipeline.yaml", "delete from a;\ninsert into a values (1)", 12, 6), SQLITE);

        assertThat(script.statements().getLast().place()).isEqualTo(new Place("pipeline.yaml", 13, 7));
    }

    @Test
    void findsNoStatementWhereThereAreOnlyCommentsAndSemicolons() {
        for (SqlDialect dialect : SqlDialect.values()) {
            assertThat(split(dialect, " ; -- nothing\n;/* at all */;")).isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTogetherWhatEveryDatabaseQuotes() {
        return Arrays.stream(SqlDialect.values())
                .flatMap(dialect -> Stream.of(
                                "select 'a;b'",
                                "select 'it''s; fine'",
                                "select \"a;b\"",
                                "select \"a\"\";b\" from t",
                                "select /* a;b */ 1",
                                "select 1 -- a;b\n + 1",
                                "select '-- no comment', 1",
                                "select '/* no comment', 1",
                                "select 1 /* it's */ + 1",
                                "select 1 -- it's\n + 1")
                        .map(sql -> isOne(dialect, sql)));
    }

    @TestFactory
    Stream<DynamicTest> keepsTogetherWhatOneDatabaseKnows() {
        return Stream.of(
                isOne(POSTGRESQL, "select E'it\\'s; fine'"),
                isOne(POSTGRESQL, "select e'a\\\\'"),
                isOne(POSTGRESQL, "select E'a\\''\n  'b\\';'"),
                isOne(POSTGRESQL, "select 'a\\'"),
                isOne(POSTGRESQL, "select U&'d\\0061t;a'"),
                isOne(POSTGRESQL, "select $$ a;'b $$"),
                isOne(POSTGRESQL, "select $body$ a; $$ b; $$ $body$"),
                isOne(POSTGRESQL, "select a$b$c from t"),
                isOne(POSTGRESQL, "select /* one /* two; */ three; */ 1"),
                isOne(POSTGRESQL, "select 1 --a;b"),
                isOne(POSTGRESQL, "select 5 # 3"),
                isOne(POSTGRESQL, "select '{\"a\": 1}'::jsonb ? 'a;'"),
                isOne(POSTGRESQL, "create rule r as on insert to t do also (insert into a values (1); delete from b;)"),
                isOne(MYSQL, "select 'it\\'s; fine'"),
                isOne(MYSQL, "select \"it\\\"s; fine\""),
                isOne(MYSQL, "select `a;``b`"),
                isOne(MYSQL, "select 1 # a;b\n + 1"),
                isOne(MYSQL, "select 5--3, ';'"),
                isOne(MYSQL, "select 1 --\ta;b\n+ 1"),
                isOne(MARIADB, "/*!40101 SET NAMES utf8 */"),
                isOne(MARIADB, "/*M!100100 SET STATEMENT max_statement_time=1 FOR */ select 1"),
                isOne(MARIADB, "create table t (a int) /*!50100 PARTITION BY HASH (a) PARTITIONS 4 */"),
                isOne(SQLITE, "select [a;b] from `c;d`"),
                isOne(SQLITE, "select x'00' || 'a\\'"),
                isOne(H2, "create alias next as $$ int next(int a) { return a + 1; } $$"),
                isOne(H2, "select 1 // a;b\n + 1"),
                isOne(H2, "select `a;b`"));
    }

    @TestFactory
    Stream<DynamicTest> keepsBodiesTogether() {
        return Stream.of(
                isOne(
                        POSTGRESQL,
                        "create or replace function f(a int) returns int language sql begin atomic"
                                + " select case when a > 0 then 1 else 2 end; select 2; end"),
                isOne(
                        SQLITE,
                        "create temp trigger t after insert on a begin update b set begin = 1, end = 2;"
                                + " select case when 1 then 2 end; end"),
                isOne(
                        SQLITE,
                        "create trigger if not exists t after update of x on a when old.x <> new.x begin"
                                + " insert into log values ('end;'); delete from c where end = 1; end"),
                isOne(
                        MARIADB,
                        "create procedure p(in a int) begin declare b int default case a when 1 then 2 end;"
                                + " if a > 0 then select 1; elseif a < 0 then select 2; else select 3; end if;"
                                + " case a when 1 then select 1; else begin end; end case; end"),
                isOne(
                        MARIADB,
                        "create or replace definer=`root`@`localhost` procedure if not exists p() comment 'x;'"
                                + " l: loop set @a = if(@a > 1, 2, repeat('a', 3)); leave l; end loop l"),
                isOne(
                        MARIADB,
                        "create trigger t before update on a for each row if (new.x > 1) then set new.x = 1;"
                                + " else set new.x = case when 1 then if(1,2,3) else 3 end; end if"),
                isOne(MARIADB, "create event e on schedule every 1 day do begin delete from a; delete from b; end"),
                isOne(
                        MARIADB,
                        "begin not atomic declare i int default 0; while i < 3 do insert into a values (i); set i = i + 1;"
                                + " end while; repeat set i = i - 1; until i = 0 end repeat; end"),
                isOne(MARIADB, "for i in 1..3 do insert into a values (i); end for"),
                isOne(MARIADB, "create procedure p() select a from t where (a > 1) for update"),
                isOne(
                        MYSQL,
                        "create function f(a int) returns int deterministic begin declare exit handler for not found"
                                + " begin rollback; end; return (select case a when 1 then 2 end); end"));
    }

    @Test
    void takesABeginThatIsNoBodyForAStatement() {
        assertThat(split(POSTGRESQL, "begin; select 1; end;")).containsExactly("begin", "select 1", "end");
        assertThat(split(MARIADB, "begin; insert into a values (1); commit;")).hasSize(3);
        assertThat(split(SQLITE, "begin immediate; create table end (begin); end;"))
                .hasSize(3);
        assertThat(split(H2, "begin; select 1; commit")).hasSize(3);
    }

    @Test
    void followsTheDelimiterOfTheMysqlClient() {
        List<String> statements = split(MYSQL, """
                DROP PROCEDURE IF EXISTS p;
                DELIMITER //
                CREATE PROCEDURE p()
                BEGIN
                  SELECT 'a//b'; -- not here //
                  SELECT 1 /* nor // here */;
                END//
                delimiter $$
                CREATE PROCEDURE q() BEGIN SELECT 1; END$$
                DELIMITER ;;
                CREATE PROCEDURE r() BEGIN SELECT 1; END ;;
                DELIMITER ;
                CALL p();
                """);

        assertThat(statements).hasSize(5);
        assertThat(statements.get(1)).startsWith("CREATE PROCEDURE p()").endsWith("END");
        assertThat(statements.get(2)).isEqualTo("CREATE PROCEDURE q() BEGIN SELECT 1; END");
        assertThat(statements.get(3)).endsWith("END");
        assertThat(statements.get(4)).isEqualTo("CALL p()");
    }

    @Test
    void partsCommandsOfClientsFromStatements() {
        assertThat(split(POSTGRESQL, "\\connect shop\nselect 1;\n\\echo it's\nselect 2"))
                .containsExactly("\\connect shop", "select 1", "\\echo it's", "select 2");
        assertThat(split(SQLITE, ".mode csv\nselect 1;\n.read it's\n"))
                .containsExactly(".mode csv", "select 1", ".read it's");
    }

    @Test
    void passesOverTheRowsBehindACopy() {
        List<String> statements = split(
                POSTGRESQL,
                "COPY public.a (id, note) FROM stdin;\n1\tit's; $$ /*\n2\t\\N\n\\.\n\nselect 1;\ncopy a from stdin;\n1\n");

        assertThat(statements).hasSize(3);
        assertThat(statements.getFirst()).endsWith("\\.");
        assertThat(statements.get(1)).isEqualTo("select 1");
    }

    @TestFactory
    Stream<DynamicTest> namesWhatDoesNotEnd() {
        return Stream.of(
                isUnended(
                        POSTGRESQL,
                        "select 1;\nselect 'a; select 2",
                        "a.sql:2:8: found a quote that does not end (expected: ')"),
                isUnended(POSTGRESQL, "select $x$ a $$", "a.sql:1:8: found a quote that does not end (expected: $x$)"),
                isUnended(
                        POSTGRESQL,
                        "/* a /* b */ select 1",
                        "a.sql:1:1: found a comment that does not end (expected: */)"),
                isUnended(MYSQL, "select 'a\\'", "a.sql:1:8: found a quote that does not end (expected: ')"),
                isUnended(MYSQL, "/*!40101 set a = 1", "a.sql:1:1: found a comment that does not end (expected: */)"),
                isUnended(SQLITE, "select [a", "a.sql:1:8: found a quote that does not end (expected: ])"),
                isUnended(
                        MYSQL,
                        "delimiter  \n",
                        "a.sql:1:1: found DELIMITER without one (expected: DELIMITER and what shall end statements)"));
    }

    @Test
    void takesAnExecutableCommentOfMariaDbForACommentOfMysql() {
        assertThat(split(MYSQL, "/*M! select ; */ select 1")).containsExactly("select 1");
        assertThat(split(MARIADB, "/*M!999999\\- enable the sandbox mode */ \nselect 1"))
                .containsExactly("select 1");
    }

    @Test
    void refusesASecondStatementThatHides() {
        String expected = "found a semicolon that hides a second statement (expected: a delimiter between the two)";

        assertThat(problems(MARIADB, "delimiter //\ninsert into a values (1); commit//"))
                .containsExactly("a.sql:2:25: " + expected);
        assertThat(problems(MARIADB, "insert into a values (1) /*! ; commit */"))
                .containsExactly("a.sql:1:30: " + expected);
        assertThat(problems(MARIADB, "delimiter //\ncreate procedure p() begin select 1; end;\n//"))
                .isEmpty();
    }

    private static List<String> problems(SqlDialect dialect, String sql) {
        return SqlScript.split(SqlText.ofFile("a.sql", sql), dialect).problems().stream()
                .map(SqlProblem::toString)
                .toList();
    }

    private static DynamicTest isUnended(SqlDialect dialect, String sql, String problem) {
        return DynamicTest.dynamicTest(
                dialect + " " + sql, () -> assertThat(problems(dialect, sql)).containsExactly(problem));
    }

    private static DynamicTest isOne(SqlDialect dialect, String sql) {
        return DynamicTest.dynamicTest(dialect + " " + sql, () -> {
            assertThat(split(dialect, sql)).containsExactly(sql.replaceFirst(" --a;b$", ""));
            assertThat(split(dialect, sql + "\n;\nselect 2;")).hasSize(2).last().isEqualTo("select 2");
        });
    }

    private static List<String> split(SqlDialect dialect, String sql) {
        return SqlScript.split(SqlText.ofFile("a.sql", sql), dialect).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }
}
