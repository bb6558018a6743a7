package io.reprise.activities.saga;

import io.reprise.activities.sql.Row;
import io.reprise.activities.sql.StatementResult;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A fence row that was there before.
 *
 * @param runId the run that put it up
 */
record Fence(
        FenceState state,
        String runId,
        @Nullable RequestHash requestHash,
        @Nullable String result) {

    /** A row that was there at the insert and is gone at the read was purged in between: a new attempt finds out. */
    static Fence found(StatementResult read) throws SQLException {
        if (read.rows().isEmpty()) {
            throw new SQLException("the fence vanished between two statements", "40001");
        }
        Row row = read.rows().getFirst();
        String requestHash = row.textOrNull(2);
        return new Fence(
                FenceState.valueOf(row.text(0)),
                row.text(1),
                requestHash == null ? null : new RequestHash(requestHash),
                row.textOrNull(3));
    }
}
