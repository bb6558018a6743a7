package io.reprise.activities.saga;

import io.reprise.db.run.RunRef;
import java.sql.SQLException;
import java.util.List;

/** Reads the fences of runs, wherever each of them has changed something. */
@FunctionalInterface
public interface FencesOfRuns {

    /** In the order of the steps' declaration. */
    List<FenceRow> of(RunRef run) throws SQLException;
}
