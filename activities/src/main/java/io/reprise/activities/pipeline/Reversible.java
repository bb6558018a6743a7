package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.SqlScript;
import io.reprise.catalog.sql.SqlStatement;
import io.reprise.catalog.sql.SqlText;
import io.reprise.catalog.sql.StatementFacts;
import io.reprise.catalog.sql.TransactionEffect;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What a rollback takes back, and what it does not. */
final class Reversible {

    /** Type of the refusal to try what could stay. */
    static final String IRREVERSIBLE = "irreversible";

    /** What the text of such a statement does not tell: the code that it calls may commit. */
    private static final List<String> CALLS = List.of("CALL", "EXECUTE", "DO");

    private static final int NOT_ROLLED_BACK = 1196;

    private Reversible() {}

    @FunctionalInterface
    interface Work<R> {
        R run() throws SQLException;
    }

    /** Refuses a step one of whose statements would, or might, end the transaction. */
    static void require(SqlDialect dialect, SqlTask task) {
        for (TransactionItem item : task.items()) {
            switch (item) {
                case TransactionItem.Change change ->
                    require(dialect, change.part().sql());
                case TransactionItem.Verify verify
                when verify.check() instanceof CheckDefinition.NoRows rows -> require(dialect, rows.sql());
                case TransactionItem.Verify _ -> {}
            }
        }
    }

    private static void require(SqlDialect dialect, SqlSource sql) {
        SqlText text = SqlText.ofFile(sql.file(), sql.text());
        for (SqlStatement statement : SqlScript.split(text, dialect).statements()) {
            reason(statement.facts(), dialect).ifPresent(why -> {
                throw refused("cannot try " + statement.place() + ": " + why + "\n" + text.shown(statement.offset()));
            });
        }
    }

    private static Optional<String> reason(StatementFacts facts, SqlDialect dialect) {
        if (facts.transaction() != TransactionEffect.NONE) {
            return Optional.of("on " + dialect.title() + " no rollback takes back " + facts.verb()
                    + " (expected: statements that leave the transaction open)");
        }
        if (dialect.ddlCommits() && CALLS.contains(facts.verb())) {
            return Optional.of("on " + dialect.title() + " what " + facts.verb()
                    + " runs may commit (expected: statements that cannot)");
        }
        return Optional.empty();
    }

    /** Does the work and takes it back. Fails where some of it stays nevertheless. */
    static <R> R rolledBack(SqlDialect dialect, Connection open, Work<R> work) throws SQLException {
        if (!dialect.ddlCommits()) {
            R done = work.run();
            open.rollback();
            return done;
        }
        Savepoint begun = open.setSavepoint("reprise_trial");
        R done;
        try {
            done = work.run();
        } finally {
            requireOpen(open, begun);
        }
        open.rollback();
        requireAllTakenBack(dialect, open);
        return done;
    }

    private static void requireOpen(Connection open, Savepoint begun) {
        try {
            open.releaseSavepoint(begun);
        } catch (SQLException gone) {
            throw refused(
                    "something that the step ran has ended its transaction early, a trigger perhaps: what it did before"
                            + " stays (" + gone.getMessage() + ")");
        }
    }

    /** Tables of MariaDB that know no transactions only warn. */
    private static void requireAllTakenBack(SqlDialect dialect, Connection open) throws SQLException {
        if (dialect == SqlDialect.H2) {
            return;
        }
        try (Statement statement = open.createStatement();
                ResultSet warnings = statement.executeQuery("show warnings")) {
            while (warnings.next()) {
                if (warnings.getInt(2) == NOT_ROLLED_BACK) {
                    throw refused("the step has changed tables without transactions: what it did there stays ("
                            + warnings.getString(3) + ")");
                }
            }
        }
    }

    private static ApplicationFailure refused(String words) {
        return ApplicationFailure.newNonRetryableFailure(words, IRREVERSIBLE);
    }
}
