package io.reprise.api.stream;

import io.reprise.workflows.stream.StreamPlan;
import java.util.List;

/**
 * What a stream would do to its tables.
 *
 * @param conflicts what only a person can mend; nothing is loaded while there are any
 */
public record PlanView(List<String> statements, List<String> conflicts) {

    public PlanView {
        statements = List.copyOf(statements);
        conflicts = List.copyOf(conflicts);
    }

    static PlanView of(StreamPlan plan) {
        return new PlanView(plan.statements(), plan.conflicts());
    }
}
