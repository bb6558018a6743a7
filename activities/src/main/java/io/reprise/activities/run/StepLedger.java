package io.reprise.activities.run;

import io.reprise.activities.saga.LedgerEntries;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
import io.reprise.db.run.StepGrants;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;

/** Chooses how the steps on one database reach the ledger. */
public final class StepLedger {

    /** Two servers, or two copies of one, never share a database's number and the instant of their start. */
    private static final String IDENTITY = """
            select (select oid from pg_database where datname = current_database())::text
                || '@' || extract(epoch from pg_postmaster_start_time())::text""";

    private StepLedger() {}

    /** For steps on databases that are known not to hold the ledger. */
    public static LedgerEntries apart(LedgerWriter writer) {
        return new ApartLedger(writer);
    }

    /** Joins the steps' own transactions where the ledger is the same database, else writes soon after them. */
    public static LedgerEntries choose(DataSource changed, DataSource ledger, LedgerWriter writer, Clock clock)
            throws SQLException {
        requireRights(changed, ledger);
        return isOneDatabase(changed, ledger) ? new JoinedLedger(writer, clock) : new ApartLedger(writer);
    }

    /**
     * Refuses a role whose steps could not write to a ledger in their own database: every run would be undone for that.
     */
    public static void requireRights(DataSource changed, DataSource ledger) throws SQLException {
        if (!isOneDatabase(changed, ledger)) {
            return;
        }
        StepGrants.Missing missing = StepGrants.of(changed);
        if (!missing.rights().isEmpty()) {
            throw new IllegalStateException("cannot run steps as role " + missing.role()
                    + " in the ledger's own database: each writes to the ledger in its transaction, and the role lacks "
                    + String.join(", ", missing.rights())
                    + " (expected: reprise migrate, run as the ledger's owner with the same REPRISE_SHOP_DB_USER, which"
                    + " grants them)");
        }
    }

    public static boolean isOneDatabase(DataSource changed, DataSource ledger) throws SQLException {
        return identity(changed).equals(identity(ledger));
    }

    private static String identity(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            StatementResult answer =
                    new Pipeline().add(IDENTITY).run(connection).getFirst();
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return answer.rows().getFirst().text(0);
        }
    }
}
