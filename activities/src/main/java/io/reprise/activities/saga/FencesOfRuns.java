package io.reprise.activities.saga;

import io.reprise.db.run.RunRef;
import java.sql.SQLException;
import java.util.List;

/** Reads the fences of runs, wherever each of them has changed something. */
@FunctionalInterface
public interface FencesOfRuns {

    /**
     * In the order of the steps' declaration.
     *
     * @throws FencesUnknown where one of them may be in a database that does not answer now
     */
    List<FenceRow> of(RunRef run) throws SQLException, FencesUnknown;
}
