package io.reprise.workflows.connection;

import io.reprise.workflows.connection.PreparationOrder.How;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;

/** A connection {@code warehouse} whose queue does as the test says. */
final class ScriptedPreparation implements AutoCloseable {

    private static final ConnectionStart PROBE = new ConnectionStart(new Name("warehouse"), How.PROBE, "ada");

    private final TestWorkflowEnvironment environment;

    ScriptedPreparation(ConnectionSteps steps) {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
        SearchAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(attribute.getName(), attribute.getValueType()));
        environment = TestWorkflowEnvironment.newInstance(options.build());
        environment
                .newWorker(ConnectionWorkflow.TASK_QUEUE)
                .registerWorkflowImplementationTypes(ConnectionPreparing.class);
        environment.newWorker("sql.warehouse").registerActivitiesImplementations(steps);
        environment.start();
    }

    WorkflowStub probe() {
        return PROBE.start(environment.getWorkflowClient());
    }

    WorkflowExecutionHistory history() {
        return environment.getWorkflowClient().fetchHistory(PROBE.workflowId());
    }

    @Override
    public void close() {
        environment.close();
    }
}
