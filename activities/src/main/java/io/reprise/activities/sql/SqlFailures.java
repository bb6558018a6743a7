package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/**
 * Says which database failures are worth another attempt. Bad values, broken constraints, missing objects, what the database
 * does not know and what its own code refuses are not; all else is: lost connections (also at COMMIT, where the fence tells
 * the next attempt what happened), deadlocks, time limits, lack of resources, a standby that is not yet writable.
 */
public final class SqlFailures {

    /** Type of a failure that the next attempt may not meet. */
    public static final String TRANSIENT = "DatabaseUnavailable";

    /** Type of a failure that every attempt would meet. */
    public static final String LASTING = "DatabaseRefused";

    /** 45 and P0 are raised on purpose by code that lives in the database. */
    private static final Set<String> LASTING_CLASSES =
            Set.of("0A", "21", "22", "23", "2D", "2F", "38", "39", "42", "44", "45", "P0");

    private SqlFailures() {}

    /** For work on PostgreSQL that ends at a lasting failure. */
    public static ApplicationFailure of(String tried, SQLException failure) {
        return of(SqlDialect.POSTGRESQL, tried, failure);
    }

    /** For work that ends at a lasting failure. */
    public static ApplicationFailure of(SqlDialect dialect, String tried, SQLException failure) {
        return failure(dialect, tried, failure, !isTransient(dialect, failure));
    }

    /** For work that must never be given up, such as an undo: the same words, always worth another attempt. */
    public static ApplicationFailure retryable(SqlDialect dialect, String tried, SQLException failure) {
        return failure(dialect, tried, failure, false);
    }

    public static boolean isTransient(SQLException failure) {
        return isTransient(SqlDialect.POSTGRESQL, failure);
    }

    public static boolean isTransient(SqlDialect dialect, SQLException failure) {
        if (failure instanceof StatementFailed told) {
            return told.isTransient();
        }
        if (failure instanceof StatementTooLong) {
            return true;
        }
        return switch (dialect) {
            case POSTGRESQL -> isTransientByState(failure);
            case MARIADB, MYSQL -> MariaDbErrors.isTransient(failure, isTransientByState(failure));
            case SQLITE -> SqliteErrors.isTransient(failure);
            case H2 -> H2Errors.isTransient(failure, isTransientByState(failure));
        };
    }

    /** A failure without a state never reached the server, as where a pool has no connection to give. */
    private static boolean isTransientByState(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        return state.length() < 2 || !LASTING_CLASSES.contains(state.substring(0, 2));
    }

    private static ApplicationFailure failure(
            SqlDialect dialect, String tried, SQLException failure, boolean nonRetryable) {
        return ApplicationFailure.newBuilder()
                .setType(isTransient(dialect, failure) ? TRANSIENT : LASTING)
                .setMessage("cannot " + tried + ": the database answered " + code(failure) + failure.getMessage())
                .setNonRetryable(nonRetryable)
                .setCause(failure)
                .build();
    }

    /** The state, or what says more where the state says nothing; empty where the message says it. */
    static String code(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || failure instanceof StatementFailed) {
            return "";
        }
        return state.equals("HY000") ? failure.getErrorCode() + " " : state + " ";
    }
}
