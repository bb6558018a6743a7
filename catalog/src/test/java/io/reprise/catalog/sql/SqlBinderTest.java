package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.SqlDialect.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlBinderTest {

    private static final SqlBinder BINDER = new SqlBinder(
            Map.of("target", TableName.of("dev_mart", "daily_sales"), "odd", TableName.of("Order")),
            List.of("slot_day", "region", "a", "capture.rows", "debit-account.amount", "run_id"));

    @Test
    void bindsValuesByNameInTheOrderOfTheText() {
        BoundStatement bound =
                bind(POSTGRESQL, "select :region, :slot_day::date, :capture.rows, :region where x=:run_id;");

        assertThat(bound.jdbc().text()).isEqualTo("select ?, ?::date, ?, ? where x=?");
        assertThat(bound.server().text()).isEqualTo("select $1, $2::date, $3, $4 where x=$5");
        assertThat(bound.names()).containsExactly("region", "slot_day", "capture.rows", "region", "run_id");
        assertThat(bound.problems()).isEmpty();
    }

    @Test
    void leavesEveryOtherColonAlone() {
        String slices =
                "select a[1:2], a[lo:hi], (b)[x:y], '{a,:b}'::text[], $$ :no $$, \":no\" -- :no\n /* :no */ + 1";

        assertThat(bind(POSTGRESQL, slices).jdbc().text()).isEqualTo(slices);
        assertThat(bind(POSTGRESQL, "select d #> '{a,:b}' -> ':c'").names()).isEmpty();
        assertThat(bind(MYSQL, "set @a:=1, @b := 2").names()).isEmpty();
        assertThat(bind(MARIADB, "l:loop leave l; end loop").names()).isEmpty();
        assertThat(bind(MYSQL, "select ':no\\':no', \":no\" # :no").names()).isEmpty();
        assertThat(bind(SQLITE, "select json_extract(x, '$.a:b'), [:no]").names())
                .isEmpty();
        assertThat(bind(POSTGRESQL, "select a[:a]").names()).containsExactly("a");
    }

    @Test
    void knowsTheOutputOfAStepWithHyphens() {
        assertThat(bind(H2, "select :debit-account.amount").names()).containsExactly("debit-account.amount");
        assertThat(bind(H2, "select :a-account.amount").names()).containsExactly("a");
        assertThat(bind(H2, "select :a-:a").jdbc().text()).isEqualTo("select ?-?");
        assertThat(bind(H2, "select :debt-account.amount").problems())
                .extracting(SqlProblem::toString)
                .containsExactly("a.sql:1:8: found :debt-account.amount (expected: :debit-account.amount)");
    }

    @Test
    void takesTablesFromAClosedSetAndQuotesThem() {
        String sql = "insert into {target} select * from {odd}";

        assertThat(bind(POSTGRESQL, sql).jdbc().text())
                .isEqualTo("insert into \"dev_mart\".\"daily_sales\" select * from \"Order\"");
        assertThat(bind(MARIADB, sql).jdbc().text())
                .isEqualTo("insert into `dev_mart`.`daily_sales` select * from `Order`");
        assertThat(bind(H2, sql).jdbc().text())
                .isEqualTo("insert into `dev_mart`.`daily_sales` select * from \"Order\"");
        assertThat(bind(H2, sql).tables()).containsExactlyInAnyOrder("target", "odd");
        assertThat(POSTGRESQL.quote("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void namesWhatItDoesNotKnowAndWhatWasMeant() {
        BoundStatement bound =
                bind(POSTGRESQL, "select :slot_dya\n  from {taget} where {d '2026-01-01'} = :zzz_nothing");

        assertThat(bound.problems())
                .extracting(SqlProblem::toString)
                .containsExactly(
                        "a.sql:1:8: found :slot_dya (expected: :slot_day)",
                        "a.sql:2:8: found {taget} (expected: {target})",
                        "a.sql:2:22: found { (expected: {name} of a table, or text in quotes)",
                        "a.sql:2:37: found } (expected: {name} of a table, or text in quotes)",
                        "a.sql:2:41: found :zzz_nothing (expected: a value that this step has: a, capture.rows,"
                                + " debit-account.amount, region, run_id, slot_day)");
    }

    @Test
    void keepsTheOperatorsOfJsonbFromTheDriver() {
        BoundStatement bound = bind(POSTGRESQL, "select d ? 'a', d ?| :a, d @? '$.a ? (@ > 1)' -- ?");

        assertThat(bound.jdbc().text()).isEqualTo("select d ?? 'a', d ??| ?, d @?? '$.a ? (@ > 1)'");
        assertThat(bound.server().text()).isEqualTo("select d ? 'a', d ?| $1, d @? '$.a ? (@ > 1)'");
    }

    @Test
    void refusesParametersWithoutAName() {
        assertThat(bind(MYSQL, "select ?").problems())
                .extracting(SqlProblem::toString)
                .containsExactly("a.sql:1:8: found ? (expected: a value by its name, such as :run_id)");
        assertThat(bind(SQLITE, "select @a, $b, ?1").problems()).hasSize(3);
        assertThat(bind(MARIADB, "select @a, @@version").problems()).isEmpty();
        assertThat(bind(MARIADB, "/*!40101 select :a */").problems())
                .extracting(SqlProblem::found)
                .containsExactly(":a in a comment that the database executes");
    }

    @Test
    void findsTheWayBackFromWhatTheServerSaw() {
        BoundStatement bound = bind(POSTGRESQL, "\n\nselect '\uD83D\uDE00', :slot_day, wrong\nfrom {target}");
        String server = bound.server().text();
        int wrong = server.codePointCount(0, server.indexOf("wrong")) + 1;

        int offset = bound.server().sourceOffsetOfCharacter(wrong);

        assertThat(bound.statement().source().placeAt(offset)).isEqualTo(new Place("a.sql", 3, 25));
        assertThat(bound.statement().source().shown(offset))
                .isEqualTo("3 | select '\uD83D\uDE00', :slot_day, wrong\n  |                         ^");
        assertThat(bound.jdbc().sourceOffset(bound.jdbc().text().indexOf('?')))
                .isEqualTo(bound.statement().source().text().indexOf(":slot_day"));
    }

    @Test
    void showsALongLineAroundTheCaretOnly() {
        SqlText text = SqlText.ofFile("a.sql", "select 1,\n\t" + "x".repeat(500) + "!" + "y".repeat(500) + "\n");

        List<String> shown = text.shown(text.text().indexOf('!')).lines().toList();

        assertThat(shown.getFirst().length()).isLessThan(180);
        assertThat(shown.getFirst().charAt(shown.getLast().indexOf('^'))).isEqualTo('!');
    }

    private static BoundStatement bind(SqlDialect dialect, String sql) {
        return BINDER.bind(SqlScript.split(SqlText.ofFile("a.sql", sql), dialect)
                .statements()
                .getFirst());
    }
}
