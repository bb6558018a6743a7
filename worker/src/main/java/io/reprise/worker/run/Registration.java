package io.reprise.worker.run;

import java.util.List;
import java.util.OptionalInt;

/**
 * What one feature brings to the worker: the workflows and the activities of its task queue.
 *
 * @param slots how many of its activities run at once; as many as the worker's pool serves where empty
 */
public record Registration(String taskQueue, List<Class<?>> workflows, List<Object> activities, OptionalInt slots) {

    public Registration {
        workflows = List.copyOf(workflows);
        activities = List.copyOf(activities);
    }

    public Registration(String taskQueue, List<Class<?>> workflows, List<Object> activities) {
        this(taskQueue, workflows, activities, OptionalInt.empty());
    }
}
