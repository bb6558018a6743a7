package io.reprise.catalog.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SplitterPropertiesTest {

    /** With a tilde wherever a comment may stand. */
    private static final List<String> STATEMENTS = List.of(
            "select~1",
            "insert~into~a~(b)~values~('it''s; -- not')",
            "update~a~set~\"b; c\"~=~'x /* y'~where~c~in~(1,~2)",
            "delete~from~a~where~b~=~:slot_day~and~c~=~':no ;'",
            "with~x~as~(select~1)~select~*~from~x",
            "create~table~t~(a~int,~b~varchar(10)~default~'end;')");

    private static final List<String> BETWEEN_TOKENS =
            List.of(" ", "\n", "\r\n", "\t", " /* ; ' */ ", " -- it's;\n", " -- ; \"\r\n", "/**/", " /* -- */ ");

    @Property(tries = 500)
    void joinedStatementsAreSplitAsTheyWere(
            @ForAll SqlDialect dialect, @ForAll("statements") List<String> statements, @ForAll("gaps") String gap) {
        String script =
                statements.stream().map(one -> gap + spaced(one) + gap + ";").collect(Collectors.joining());

        assertThat(split(dialect, script))
                .isEqualTo(
                        statements.stream().map(SplitterPropertiesTest::spaced).toList());
    }

    @Property(tries = 500)
    void commentsBetweenTokensChangeNoCountAndNoFact(
            @ForAll SqlDialect dialect, @ForAll("statements") List<String> statements, @ForAll("gaps") String gap) {
        String script = String.join(";", statements).replace("~", gap);

        SqlScript split = SqlScript.split(SqlText.ofFile("a.sql", script), dialect);

        assertThat(split.statements()).hasSize(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            StatementFacts plain = SqlScript.split(SqlText.ofFile("a.sql", spaced(statements.get(i))), dialect)
                    .statements()
                    .getFirst()
                    .facts();
            assertThat(split.statements().get(i).facts()).isEqualTo(plain);
        }
    }

    @Property(tries = 2_000)
    void anyTextIsSplitIntoPiecesOfItInOrder(@ForAll SqlDialect dialect, @ForAll("texts") String text) {
        SqlScript script = SqlScript.split(SqlText.ofFile("a.sql", text), dialect);

        int at = 0;
        for (SqlStatement statement : script.statements()) {
            assertThat(statement.offset()).isGreaterThanOrEqualTo(at);
            assertThat(statement.text()).isEqualTo(text.substring(statement.offset(), statement.end()));
            assertThat(statement.facts()).isNotNull();
            at = statement.end();
        }
    }

    @Property(tries = 1_000)
    void whatIsBoundKnowsWhereEachCharacterWasWritten(@ForAll SqlDialect dialect, @ForAll("texts") String text) {
        SqlBinder binder = new SqlBinder(Map.of("t", TableName.of("mart", "t")), List.of("a", "load-x.rows"));

        for (SqlStatement statement :
                SqlScript.split(SqlText.ofFile("a.sql", text), dialect).statements()) {
            BoundStatement bound = binder.bind(statement);
            String jdbc = bound.jdbc().text();
            for (int i = 0; i < jdbc.length(); i++) {
                int source = bound.jdbc().sourceOffset(i);
                assertThat(source).isBetween(statement.offset(), statement.end());
            }
            assertThat(bound.server().text().replaceAll("\\s", "")).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<List<String>> statements() {
        return Arbitraries.of(STATEMENTS).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.of(BETWEEN_TOKENS).list().ofMinSize(1).ofMaxSize(3).map(gaps -> " " + String.join("", gaps));
    }

    /** Made of what decides how SQL is cut, so that any order of it is tried. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "'",
                        "''",
                        "\"",
                        "`",
                        "[",
                        "]",
                        "$$",
                        "$a$",
                        "\\",
                        "/*",
                        "/*!",
                        "/*M!40101",
                        "*/",
                        "/*+",
                        "--",
                        "-- ",
                        "#",
                        "//",
                        ";",
                        ";;",
                        "\n",
                        "\r\n",
                        " ",
                        "E'",
                        ":a",
                        ":load-x.rows",
                        "::",
                        ":=",
                        "{t}",
                        "{",
                        "}",
                        "?",
                        "(",
                        ")",
                        "begin",
                        "end",
                        "case",
                        "if",
                        "loop",
                        "create",
                        "trigger",
                        "procedure",
                        "function",
                        "atomic",
                        "not",
                        "delimiter //\n",
                        "copy",
                        "from",
                        "stdin",
                        "select",
                        "with",
                        "now",
                        "date",
                        "é",
                        "\uD83D\uDE00")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join(" ", pieces).replace(" ;", ";"));
    }

    private static String spaced(String statement) {
        return statement.replace('~', ' ');
    }

    private static List<String> split(SqlDialect dialect, String sql) {
        return SqlScript.split(SqlText.ofFile("a.sql", sql), dialect).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }
}
