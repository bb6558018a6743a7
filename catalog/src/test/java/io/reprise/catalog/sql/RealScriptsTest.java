package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.SqlDialect.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts as the databases' own tools write them. */
class RealScriptsTest {

    @Test
    void aDumpOfMysqlKeepsItsTriggerAndItsProcedure() throws IOException {
        List<SqlStatement> statements = read("mysqldump.sql", MYSQL).statements();

        assertThat(statements).hasSize(25);
        assertThat(withVerb(statements, "CREATE TRIGGER")).containsExactly(42);
        assertThat(withVerb(statements, "CREATE PROCEDURE")).containsExactly(55);
        assertThat(withVerb(statements, "INSERT")).containsExactly(36);
        assertThat(statements.stream().filter(one -> one.facts().transaction() == TransactionEffect.COMMITS))
                .extracting(one -> one.facts().verb())
                .containsExactly(
                        "DROP TABLE",
                        "CREATE TABLE",
                        "LOCK",
                        "ALTER TABLE",
                        "ALTER TABLE",
                        "UNLOCK",
                        "CREATE TRIGGER",
                        "DROP PROCEDURE",
                        "CREATE PROCEDURE");
    }

    @Test
    void aDumpOfMariaDbBeginsBehindItsSandboxMark() throws IOException {
        List<SqlStatement> statements = read("mariadb-dump.sql", MARIADB).statements();

        assertThat(statements).hasSize(11);
        assertThat(statements.getFirst().place().line()).isEqualTo(7);
        assertThat(statements.stream().filter(one -> one.facts().kind() == StatementKind.TRANSACTION))
                .extracting(SqlStatement::text)
                .containsExactly("set autocommit=0", "commit");
    }

    @Test
    void aDumpOfSqliteKeepsItsTriggers() throws IOException {
        List<SqlStatement> statements = read("sqlite-triggers.sql", SQLITE).statements();

        assertThat(statements).hasSize(10);
        assertThat(withVerb(statements, "CREATE TRIGGER")).containsExactly(7, 14);
    }

    @Test
    void aScriptOfH2KeepsItsSource() throws IOException {
        List<SqlStatement> statements = read("h2-script.sql", H2).statements();

        assertThat(statements)
                .extracting(one -> one.facts().verb())
                .containsExactly("CREATE USER", "CREATE TABLE", "INSERT", "CREATE ALIAS", "CALL");
    }

    @Test
    void theRoutinesOfPostgresKeepTheirBodies() throws IOException {
        List<SqlStatement> statements =
                read("postgres-routines.sql", POSTGRESQL).statements();

        assertThat(statements)
                .extracting(one -> one.facts().verb())
                .containsExactly(
                        "CREATE FUNCTION",
                        "CREATE FUNCTION",
                        "CREATE PROCEDURE",
                        "DO",
                        "CREATE RULE",
                        "CREATE TRIGGER",
                        "COMMENT TABLE",
                        "SELECT");
    }

    @Test
    void aDumpOfPostgresKeepsItsRoutinesAndItsRows() throws IOException {
        List<SqlStatement> statements = read("pg_dump.sql", POSTGRESQL).statements();

        assertThat(statements.stream().filter(one -> one.facts().kind() == StatementKind.CLIENT_COMMAND))
                .extracting(SqlStatement::text)
                .containsExactly("\\restrict abc", "\\unrestrict abc");
        assertThat(withVerb(statements, "CREATE FUNCTION")).containsExactly(73, 92);
        assertThat(withVerb(statements, "CREATE RULE")).containsExactly(177);
        assertThat(withVerb(statements, "COPY")).containsExactly(144, 152);
        assertThat(withVerb(statements, "CREATE TRIGGER")).containsExactly(188);
        assertThat(statements).hasSize(36);
        assertThat(statements).noneMatch(one -> one.facts().goesNowhere());
    }

    @ParameterizedTest
    @CsvSource({
        "mysqldump.sql, MYSQL",
        "mysqldump.sql, MARIADB",
        "mariadb-dump.sql, MARIADB",
        "sqlite-triggers.sql, SQLITE",
        "h2-script.sql, H2",
        "postgres-routines.sql, POSTGRESQL",
        "pg_dump.sql, POSTGRESQL"
    })
    void statementsOfAScriptJoinedAgainAreTheSame(String file, SqlDialect dialect) throws IOException {
        SqlScript script = read(file, dialect);
        String joined = script.statements().stream().map(SqlStatement::text).collect(Collectors.joining("\n;\n"));

        SqlScript again = SqlScript.split(SqlText.ofFile(file, joined), dialect);

        assertThat(script.problems()).isEmpty();
        assertThat(texts(again)).isEqualTo(texts(script));
    }

    private static List<Integer> withVerb(List<SqlStatement> statements, String verb) {
        return statements.stream()
                .filter(one -> one.facts().verb().equals(verb))
                .map(one -> one.place().line())
                .toList();
    }

    private static List<String> texts(SqlScript script) {
        return script.statements().stream().map(SqlStatement::text).toList();
    }

    private static SqlScript read(String file, SqlDialect dialect) throws IOException {
        try (InputStream in = Objects.requireNonNull(RealScriptsTest.class.getResourceAsStream("/sql/" + file))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SqlScript.split(SqlText.ofFile(file, text), dialect);
        }
    }
}
