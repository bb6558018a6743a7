package io.reprise.activities.pipeline;

import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.SlotValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the fence of a step keeps: what it answered, and all that its undo needs.
 *
 * @param definition SHA-256 of the definition's text, in hex
 * @param reads the outputs of other steps that it was given
 * @param publication what a publication replaced; null for other steps
 */
record RecordedStep(
        String definition,
        @Nullable SlotValue slot,
        Map<String, @Nullable Object> parameters,
        Map<String, @Nullable Object> reads,
        Map<String, @Nullable Object> outputs,
        @Nullable Replaced publication) {

    RecordedStep {
        parameters = copyOf(parameters);
        reads = copyOf(reads);
        outputs = copyOf(outputs);
    }

    static RecordedStep of(PipelineStep request, Map<String, @Nullable Object> outputs) {
        return of(request, outputs, null);
    }

    static RecordedStep of(
            PipelineStep request, Map<String, @Nullable Object> outputs, @Nullable Replaced publication) {
        return new RecordedStep(
                request.definition(), request.slot(), request.parameters(), request.outputs(), outputs, publication);
    }

    /** The request that the step was done for. */
    @SuppressWarnings("NullAway") // the class file of a record does not tell that its values may be null
    PipelineStep request(String stepId) {
        return new PipelineStep(definition, stepId, slot, parameters, reads);
    }

    private static Map<String, @Nullable Object> copyOf(@Nullable Map<String, @Nullable Object> values) {
        return values == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
