package io.reprise.catalog.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs another pipeline and waits for its end.
 *
 * @param sameSlot whether the child stands for the slot of its parent, or for no time
 * @param parameters by name; a text that begins with {@code :} names another value
 */
public record ChildStep(StepHead head, String pipeline, boolean sameSlot, Map<String, Object> parameters)
        implements StepDefinition {

    public ChildStep {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    @Override
    public ChildStep with(StepHead other) {
        return new ChildStep(other, pipeline, sameSlot, parameters);
    }

    @Override
    public boolean hasUndo() {
        return false;
    }
}
