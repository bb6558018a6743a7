package io.reprise.db.pipeline;

import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunBounds;
import io.reprise.db.run.RunOrder;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes runs of pipelines, as the ledger accepts them. */
public final class PipelineRuns {

    /** The workflow type of pipelines, their task queue, and the feature in their workflow ids. */
    public static final String PIPELINE = "pipeline";

    private PipelineRuns() {}

    /**
     * A run of a pipeline.
     *
     * @param source what asks for it, such as {@code schedule}
     * @param slots how many runs of the pipeline may be open at once
     * @param sequential whether its slot waits for those before it
     */
    public static NewRun newRun(WorkflowId id, PipelineInput input, String source, int slots, boolean sequential) {
        String group = PIPELINE + "/" + id.name().value();
        Optional<String> turn =
                Optional.ofNullable(input.slot()).filter(slot -> sequential).map(SlotValue::name);
        return new NewRun(id, PIPELINE, PIPELINE, input.canonical(), StepMode.REGULAR, source, RunOrder.FREE)
                .madeFrom(input.definition())
                .within(new RunBounds(group, OptionalInt.of(slots), group, OptionalInt.empty(), turn));
    }
}
