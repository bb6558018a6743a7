package io.reprise.activities.run;

import io.reprise.activities.saga.LedgerEntries;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
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

    /** Joins the steps' own transactions where the ledger is the same database, else writes soon after them. */
    public static LedgerEntries choose(DataSource changed, DataSource ledger, LedgerWriter writer, Clock clock)
            throws SQLException {
        return identity(changed).equals(identity(ledger)) ? new JoinedLedger(writer, clock) : new ApartLedger(writer);
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
