package io.reprise.workflows.schedule;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** What a Temporal Schedule starts at each of its firings. It only has the run accepted, and ends. */
@WorkflowInterface
public interface ScheduleWorkflow {

    String TYPE = "schedule";
    String TASK_QUEUE = "schedule";

    @WorkflowMethod(name = TYPE)
    Launched launch(LaunchOrder order);
}
