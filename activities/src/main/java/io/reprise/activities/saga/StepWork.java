package io.reprise.activities.saga;

import java.sql.SQLException;

/** What a step does to the business data; what it returns is stored in the fence, for its undo and for repeats. */
@FunctionalInterface
public interface StepWork<R> {

    R run(StepTransaction transaction) throws SQLException;
}
