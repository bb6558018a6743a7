package io.reprise.db.run;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.util.List;

/** Runs as tests ask for them. */
public final class Orders {

    public static final RunInput INPUT = new RunInput("{\"orderId\":\"any\",\"quantity\":1}");
    public static final RunInput OTHER_INPUT = new RunInput("{\"orderId\":\"any\",\"quantity\":2}");

    private Orders() {}

    public static NewRun order(String name) {
        return order(name, INPUT, RunOrder.FREE);
    }

    public static NewRun order(String name, RunInput input) {
        return order(name, input, RunOrder.FREE);
    }

    public static NewRun order(String name, RunInput input, RunOrder order) {
        return new NewRun(new WorkflowId("order/" + name), "order", "order", input, StepMode.REGULAR, "http", order);
    }

    /** The end of a run that was refused and undone. */
    public static RunOutcome ended(RunRef run) {
        return new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.FAILED,
                Compensation.DONE,
                "out-of-stock",
                "no stock",
                List.of());
    }
}
