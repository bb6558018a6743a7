package io.reprise.workflows.schedule;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Launches whose ledger is a list. */
final class ScriptedLaunch implements AutoCloseable {

    private static final String ID = "schedule/daily-2026-11-20T00:00:00Z";

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .registerSearchAttribute(
                            SlotLauncher.SCHEDULED.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME)
                    .build());
    private final List<Instant> firings = new CopyOnWriteArrayList<>();

    ScriptedLaunch(int failures) {
        Worker worker = environment.newWorker(ScheduleWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(SlotLauncher.class);
        worker.registerActivitiesImplementations((ScheduleSteps) (pipeline, firing) -> {
            firings.add(firing);
            if (firings.size() <= failures) {
                throw new IllegalStateException("the ledger is away");
            }
            return new Launched(pipeline, "2026-11-19", "01JDA", "accepted");
        });
        environment.start();
    }

    Launched launch(Optional<Instant> scheduled) {
        WorkflowOptions.Builder options =
                WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue(ScheduleWorkflow.TASK_QUEUE);
        scheduled.ifPresent(at -> options.setTypedSearchAttributes(SearchAttributes.newBuilder()
                .set(SlotLauncher.SCHEDULED, at.atOffset(ZoneOffset.UTC))
                .build()));
        return environment
                .getWorkflowClient()
                .newWorkflowStub(ScheduleWorkflow.class, options.build())
                .launch(new LaunchOrder("daily", "terms"));
    }

    List<Instant> firings() {
        return firings;
    }

    Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    WorkflowExecutionHistory history() {
        return environment.getWorkflowClient().fetchHistory(ID);
    }

    @Override
    public void close() {
        environment.close();
    }
}
