package io.reprise.workflows.backfill;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A backfill whose turns go as a test says. */
final class ScriptedBackfill implements AutoCloseable {

    static final String ID = "backfill/daily/01JDA";

    private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
    private final AtomicInteger turns = new AtomicInteger();
    private final WorkflowStub workflow;
    private String firstRunId = "";

    /** @param script what the turn of that number, counted from 1, answers */
    ScriptedBackfill(IntFunction<BackfillTurn> script) {
        Worker worker = environment.newWorker(BackfillWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(BackfillRun.class);
        worker.registerActivitiesImplementations((BackfillSteps) backfillId -> script.apply(turns.incrementAndGet()));
        environment.start();
        workflow = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        BackfillWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ID)
                                .setTaskQueue(BackfillWorkflow.TASK_QUEUE)
                                .build());
    }

    BackfillTurn drive() {
        firstRunId = workflow.start("01JDA").getRunId();
        return workflow.getResult(BackfillTurn.class);
    }

    int turns() {
        return turns.get();
    }

    /** Of the last of its executions. */
    WorkflowExecutionHistory history() {
        return environment.getWorkflowClient().fetchHistory(ID);
    }

    /** Of the first of them. */
    WorkflowExecutionHistory firstHistory() {
        return environment.getWorkflowClient().fetchHistory(ID, firstRunId);
    }

    @Override
    public void close() {
        environment.close();
    }
}
