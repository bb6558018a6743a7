package io.reprise.api.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.api.run.StepView;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.util.List;
import java.util.Optional;

/** An order as its newest run has it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderView(
        String orderId,
        String runId,
        OrderStatus status,
        Forward forward,
        Compensation compensation,
        List<Step> steps,
        Optional<String> reason) {

    public record Step(String id, Forward forward, Compensation compensation, int attempts) {}

    public OrderView {
        steps = List.copyOf(steps);
    }

    static OrderView of(Run run, List<StepView> steps) {
        return new OrderView(
                run.name(),
                run.ref().runId(),
                OrderStatus.of(run.forward(), run.compensation()),
                run.forward(),
                run.compensation(),
                steps.stream()
                        .map(step -> new Step(step.id(), step.forward(), step.compensation(), step.attempts()))
                        .toList(),
                run.reason());
    }
}
