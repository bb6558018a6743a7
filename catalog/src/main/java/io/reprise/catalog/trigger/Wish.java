package io.reprise.catalog.trigger;

import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.trigger.RequestedRun;
import java.util.Map;
import java.util.Optional;

/** What one record asks for, as far as the record alone says it. */
sealed interface Wish {

    record ForOrder(RequestedRun.OfOrder run) implements Wish {}

    /**
     * For a run of a pipeline.
     *
     * @param id what the record says of its identity
     * @param values what was found for parameters; constants and facts are not among them
     */
    record ForPipeline(Optional<SlotValue> slot, Optional<String> id, Map<String, Object> values) implements Wish {
        public ForPipeline {
            values = Map.copyOf(values);
        }
    }
}
