package io.reprise.worker.run;

import java.util.List;

/** What one feature brings to the worker: the workflows and the activities of its task queue. */
public record Registration(String taskQueue, List<Class<?>> workflows, List<Object> activities) {

    public Registration {
        workflows = List.copyOf(workflows);
        activities = List.copyOf(activities);
    }
}
