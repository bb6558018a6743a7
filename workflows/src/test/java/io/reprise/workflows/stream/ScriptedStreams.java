package io.reprise.workflows.stream;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;

/** A connection {@code warehouse} whose queue answers as the test says. */
final class ScriptedStreams implements AutoCloseable {

    private static final Name EVENTS = new Name("events");

    private final TestWorkflowEnvironment environment;
    private final StreamStart asked;

    ScriptedStreams(StreamSteps steps) {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
        SearchAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(attribute.getName(), attribute.getValueType()));
        environment = TestWorkflowEnvironment.newInstance(options.build());
        environment
                .newWorker(StreamStart.TASK_QUEUE)
                .registerWorkflowImplementationTypes(StreamPlanning.class, StreamBalancing.class);
        environment.newWorker("sql.warehouse").registerActivitiesImplementations(steps);
        environment.start();
        asked = new StreamStart(environment.getWorkflowClient());
    }

    StreamStart.Asked plan() {
        return asked.plan(EVENTS, "1", new PlanOrder("warehouse", "{}", null));
    }

    StreamStart.Asked balance() {
        return asked.balance(EVENTS, new BalanceOrder("warehouse", "events"));
    }

    StreamStart asked() {
        return asked;
    }

    WorkflowExecutionHistory history(StreamStart.Asked question) {
        return environment.getWorkflowClient().fetchHistory(question.workflowId());
    }

    @Override
    public void close() {
        environment.close();
    }
}
