package io.reprise.worker.run;

import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.ActivitySlotInfo;
import io.temporal.worker.tuning.CompositeTuner;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import io.temporal.worker.tuning.SlotSupplier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the task queues of what is registered. */
public final class TaskQueues implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskQueues.class);
    // Longer than one attempt of a step, and short enough for the rest of a worker to stop within half a minute.
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int WORKFLOW_TASKS = 32;
    // A task that finds no poller waiting joins the backlog, where newer ones overtake it.
    private static final int WORKFLOW_POLLERS = 12;
    private static final int ACTIVITY_POLLERS = 4;
    private static final int CACHED_WORKFLOWS = 1000;

    // A workflow whose worker was lost waits so long before another worker gets its next task.
    private static final Duration STICKY = Duration.ofSeconds(2);

    // Two saturated cores may hold up a healthy workflow thread for longer than the second that is usual.
    private static final long DEADLOCK_MILLIS = 5_000;

    private final WorkerFactory factory;

    private TaskQueues(WorkerFactory factory) {
        this.factory = factory;
    }

    /**
     * Starts polling.
     *
     * @param slots activities at once, and local activities at once, of each queue: together no more than the pool holds
     */
    public static TaskQueues serve(WorkflowClient client, List<Registration> registrations, int slots) {
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        .setWorkflowCacheSize(CACHED_WORKFLOWS)
                        .build());
        for (Registration registration : registrations) {
            Worker worker = factory.newWorker(
                    registration.taskQueue(), options(registration.slots().orElse(slots)));
            worker.registerWorkflowImplementationTypes(registration.workflows().toArray(Class<?>[]::new));
            worker.registerActivitiesImplementations(registration.activities().toArray());
        }
        factory.start();
        return new TaskQueues(factory);
    }

    private static WorkerOptions options(int slots) {
        return WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setMaxConcurrentWorkflowTaskExecutionSize(WORKFLOW_TASKS)
                .setMaxConcurrentActivityExecutionSize(slots)
                .setMaxConcurrentLocalActivityExecutionSize(slots)
                .setMaxConcurrentWorkflowTaskPollers(WORKFLOW_POLLERS)
                .setMaxConcurrentActivityTaskPollers(ACTIVITY_POLLERS)
                .setStickyQueueScheduleToStartTimeout(STICKY)
                .setDefaultDeadlockDetectionTimeout(DEADLOCK_MILLIS)
                .build();
    }

    /** Starts polling a queue of activities only, as many at once as there are slots then. */
    public static TaskQueues serveActivities(
            WorkflowClient client, String queue, List<Object> activities, SlotSupplier<ActivitySlotInfo> slots) {
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(1).build());
        WorkerOptions options = WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setWorkerTuner(new CompositeTuner(
                        new FixedSizeSlotSupplier<>(2),
                        slots,
                        new FixedSizeSlotSupplier<>(1),
                        new FixedSizeSlotSupplier<>(1)))
                .setMaxConcurrentActivityTaskPollers(ACTIVITY_POLLERS)
                .build();
        factory.newWorker(queue, options).registerActivitiesImplementations(activities.toArray());
        factory.start();
        return new TaskQueues(factory);
    }

    /** Takes no more tasks, and lets those under way finish for a while. */
    @Override
    public void close() {
        factory.suspendPolling();
        factory.shutdown();
        factory.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        if (!factory.isTerminated()) {
            LOG.warn("Tasks were still under way after {}; Temporal gives them to another worker", DRAIN);
            factory.shutdownNow();
            factory.awaitTermination(1, TimeUnit.SECONDS);
        }
    }
}
