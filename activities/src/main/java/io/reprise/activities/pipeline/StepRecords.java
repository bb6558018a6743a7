package io.reprise.activities.pipeline;

import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunStatement;
import java.util.List;

/** Where it is kept what the steps of pipelines said to databases, and what their checks found. Never fails a step. */
public interface StepRecords {

    void ran(List<RunStatement> statements);

    void checked(List<RunCheck> checks);
}
