package io.reprise.bench.saga;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reprise.bench.shared.Contender;
import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunStart;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/** Places orders as the api does: accepted in the ledger, started in Temporal, noted as started, and then awaited. */
final class SagaContender implements Contender {

    private static final int STEPS = 4;
    private static final Lease LEASE = new Lease("bench", Duration.ofSeconds(30));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final StepMode mode;
    private final Ledger ledger;
    private final WorkflowClient client;
    private final Traces traces;

    SagaContender(String name, StepMode mode, Ledger ledger, WorkflowClient client, Traces traces) {
        this.name = name;
        this.mode = mode;
        this.ledger = ledger;
        this.client = client;
        this.traces = traces;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void place(long number) throws JsonProcessingException {
        Order order = OrderMix.order(name, number);
        WorkflowId id = WorkflowId.of("order", new Name(order.orderId().value()));
        RunInput input = new RunInput(JSON.writeValueAsString(order));
        RunRef run = accept(new NewRun(id, OrderWorkflow.TYPE, Arena.TASK_QUEUE, input, mode, "http", RunOrder.FREE));
        RunContext context = new RunContext(run.runId(), run.startedOn(), id, mode, RunContext.STUCK_AFTER, false, 0);
        String temporalRunId = new RunStart(OrderWorkflow.TYPE, Arena.TASK_QUEUE, context, input.json()).start(client);
        ledger.startQueue().started(run, temporalRunId);
        client.newUntypedWorkflowStub(id.value()).getResult(Void.class);
    }

    @Override
    public void verify(long placed) throws Exception {
        traces.requireCompleted(name, placed);
        traces.requireFences(name, placed * STEPS);
        traces.requireSucceededRuns(name, placed);
    }

    private RunRef accept(NewRun run) {
        return switch (ledger.acceptance().accept(run, LEASE)) {
            case Accepted.New accepted -> accepted.run();
            case Accepted other ->
                throw new IllegalStateException("the ledger answered " + other + " (expected: a new run)");
        };
    }
}
