package io.reprise.activities.saga;

import java.sql.SQLException;

/** What undoes a step, given what the step recorded. */
@FunctionalInterface
public interface UndoWork<R> {

    void run(StepTransaction transaction, R recorded) throws SQLException;
}
