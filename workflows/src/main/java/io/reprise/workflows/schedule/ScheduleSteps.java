package io.reprise.workflows.schedule;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** Has the runs of schedules accepted in the ledger. */
@ActivityInterface
public interface ScheduleSteps {

    /**
     * Accepts the run of the newest slot that has ended at an instant; the same run where it was accepted before.
     *
     * @param firing when the schedule was to fire, which may be long ago
     */
    @ActivityMethod(name = "Schedule.launch")
    Launched launch(String pipeline, Instant firing);
}
