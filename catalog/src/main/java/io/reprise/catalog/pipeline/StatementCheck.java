package io.reprise.catalog.pipeline;

import io.reprise.catalog.pipeline.SqlUse.Purpose;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.sql.ClockReading;
import io.reprise.catalog.sql.Place;
import io.reprise.catalog.sql.SqlProblem;
import io.reprise.catalog.sql.SqlScript;
import io.reprise.catalog.sql.SqlStatement;
import io.reprise.catalog.sql.StatementFacts;
import io.reprise.catalog.sql.StatementKind;
import io.reprise.catalog.sql.TransactionEffect;
import java.util.List;

/**
 * Holds statements against what they are for.
 *
 * <p>Refused: commands of a database's client, {@code BEGIN}, {@code COMMIT} and {@code ROLLBACK}, statements that commit
 * unasked or need to be outside of a transaction behind a fence, checks and waits that are not one query, queries whose rows
 * nobody takes, and the time of day in slotted SQL.
 */
final class StatementCheck {

    private static final String OF_ITS_OWN = "a step of its own with guarantee: idempotent or at-least-once";

    private final SqlUse use;
    private final boolean slotted;
    private final CatalogProblems problems;

    StatementCheck(SqlUse use, boolean slotted, CatalogProblems problems) {
        this.use = use;
        this.slotted = slotted;
        this.problems = problems;
    }

    void check(SqlScript script) {
        List<SqlStatement> statements = script.statements();
        if (statements.isEmpty()) {
            note(script.source().placeAt(0), "no statement", "SQL");
            return;
        }
        boolean single = switch (use.purpose()) {
            case CHECK, LOOK, SCOPE -> true;
            case CHANGE, UNFENCED_CHANGE, UNDO -> false;
        };
        if (single && statements.size() > 1) {
            note(statements.get(1).place(), statements.size() + " statements", "one " + wanted());
        }
        if (use.purpose() != Purpose.SCOPE) {
            statements.forEach(statement -> check(statement, statement == statements.getLast()));
        }
        statements.forEach(this::refuseClock);
    }

    private String wanted() {
        return use.purpose() == Purpose.SCOPE ? "condition" : "query";
    }

    private void check(SqlStatement statement, boolean last) {
        StatementFacts facts = statement.facts();
        if (facts.kind() == StatementKind.CLIENT_COMMAND) {
            note(statement.place(), facts.verb() + ", a command of the database's client", "SQL");
            return;
        }
        if (facts.transaction() == TransactionEffect.CONTROLS) {
            note(
                    statement.place(),
                    facts.verb(),
                    "no transaction control: a step is one transaction, which the engine commits");
            return;
        }
        switch (use.purpose()) {
            case CHECK -> requireQuery(statement, facts, "a query that answers the offending rows");
            case LOOK -> requireQuery(statement, facts, "a query that answers a row as soon as it is there");
            case CHANGE, UNDO -> {
                refuseEscape(statement, facts);
                refuseNowhere(statement, facts, last);
            }
            case UNFENCED_CHANGE -> refuseNowhere(statement, facts, last);
            case SCOPE -> {}
        }
    }

    private void requireQuery(SqlStatement statement, StatementFacts facts, String expected) {
        if (facts.kind() != StatementKind.QUERY || !facts.answersRows()) {
            note(
                    statement.place(),
                    facts.verb() + " in a " + (use.purpose() == Purpose.CHECK ? "check" : "wait"),
                    expected);
        }
    }

    private void refuseEscape(SqlStatement statement, StatementFacts facts) {
        String database = statement.dialect().title();
        if (facts.transaction() == TransactionEffect.COMMITS) {
            note(statement.place(), facts.verb() + ", which commits on " + database, OF_ITS_OWN);
        }
        if (facts.transaction() == TransactionEffect.OUTSIDE_ONLY) {
            note(statement.place(), facts.verb() + ", which " + database + " runs in no transaction", OF_ITS_OWN);
        }
    }

    private void refuseNowhere(SqlStatement statement, StatementFacts facts, boolean last) {
        boolean taken = last && use.takesRows();
        if (facts.goesNowhere() && !taken) {
            note(
                    statement.place(),
                    "a " + facts.verb() + " that goes nowhere",
                    "a check that names the offending rows, or outputs: {name: {column: …}} that take the first");
        }
        if (taken && !facts.answersRows()) {
            note(
                    statement.place(),
                    facts.verb() + " as the last statement",
                    "a statement that answers the row for outputs");
        }
    }

    private void refuseClock(SqlStatement statement) {
        if (!slotted || use.allowClock() || use.purpose() == Purpose.UNDO) {
            return;
        }
        for (ClockReading clock : statement.facts().clocks()) {
            note(
                    clock.place(),
                    clock.words() + ", which a backfill would read as today",
                    ":slot_start, :slot_end or :slot_day, or allow-clock: true beside the SQL");
        }
    }

    private void note(Place place, String found, String expected) {
        SqlCheck.note(problems, new SqlProblem(place, found, expected), use);
    }
}
