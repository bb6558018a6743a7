package io.reprise.bench.saga;

import io.reprise.bench.shared.Contender;
import io.reprise.workflows.order.Order;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;

/** Places orders through the bare workflow. */
final class BareContender implements Contender {

    private final WorkflowClient client;
    private final Traces traces;

    BareContender(WorkflowClient client, Traces traces) {
        this.client = client;
        this.traces = traces;
    }

    @Override
    public String name() {
        return Arena.BARE;
    }

    @Override
    public void place(long number) {
        Order order = OrderMix.order(name(), number);
        WorkflowStub stub = client.newUntypedWorkflowStub(
                BareOrderWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(name() + "/" + order.orderId())
                        .setTaskQueue(Arena.TASK_QUEUE)
                        .build());
        stub.start(order);
        stub.getResult(Void.class);
    }

    @Override
    public void verify(long placed) throws Exception {
        traces.requireCompleted(name(), placed);
    }
}
