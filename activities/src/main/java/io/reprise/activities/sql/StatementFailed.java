package io.reprise.activities.sql;

import java.sql.SQLException;

/** A statement that its database refused, told with its file, line and column, and without secrets. */
public final class StatementFailed extends SQLException {

    private static final long serialVersionUID = 1L;

    private final String words;
    private final boolean transientFailure;

    StatementFailed(String message, SQLException failure, boolean transientFailure, boolean tellCause) {
        super(message, failure.getSQLState(), failure.getErrorCode(), tellCause ? failure : null);
        this.words = message;
        this.transientFailure = transientFailure;
    }

    /** What the database said, and where in which file. */
    String words() {
        return words;
    }

    /** Whether another attempt may not meet it. */
    boolean isTransient() {
        return transientFailure;
    }
}
