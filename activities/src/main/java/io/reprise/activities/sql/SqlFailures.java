package io.reprise.activities.sql;

import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which database failures are worth another attempt. Bad values, broken constraints, missing objects and what the
 * database does not know are not; all else is: lost connections (also at COMMIT, where the fence tells the next attempt
 * what happened), deadlocks, time limits, lack of resources, a standby that is not yet writable.
 */
public final class SqlFailures {

    /** Type of a failure that the next attempt may not meet. */
    public static final String TRANSIENT = "DatabaseUnavailable";

    /** Type of a failure that every attempt would meet. */
    public static final String LASTING = "DatabaseRefused";

    private static final Set<String> LASTING_CLASSES = Set.of("0A", "21", "22", "23", "2F", "38", "39", "42", "44");

    private SqlFailures() {}

    /** For work that ends at a lasting failure. */
    public static ApplicationFailure of(String tried, SQLException failure) {
        return failure(tried, failure, !isTransient(failure));
    }

    /** For work that must never be given up, such as an undo: the same words, always worth another attempt. */
    public static ApplicationFailure retryable(String tried, SQLException failure) {
        return failure(tried, failure, false);
    }

    /** A failure without a state never reached the server, as where a pool has no connection to give. */
    public static boolean isTransient(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state == null || state.length() < 2 || !LASTING_CLASSES.contains(state.substring(0, 2));
    }

    private static ApplicationFailure failure(String tried, SQLException failure, boolean nonRetryable) {
        return ApplicationFailure.newBuilder()
                .setType(isTransient(failure) ? TRANSIENT : LASTING)
                .setMessage("cannot " + tried + ": the database answered " + failure.getSQLState() + " "
                        + failure.getMessage())
                .setNonRetryable(nonRetryable)
                .setCause(failure)
                .build();
    }
}
