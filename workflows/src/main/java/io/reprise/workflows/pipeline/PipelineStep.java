package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Second argument of every forward step of a pipeline: which step of which definition, and the values of this run.
 *
 * @param definition SHA-256 of the definition's text, in hex
 * @param step id of the step in the plan
 * @param outputs the outputs that the step reads, by {@code <step>.<output>}; null for one that its step did not have
 */
public record PipelineStep(
        String definition,
        String step,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SlotValue slot,
        Map<String, @Nullable Object> parameters,
        Map<String, @Nullable Object> outputs) {

    public PipelineStep {
        parameters = Values.copyOf(parameters);
        outputs = Values.copyOf(outputs);
    }
}
