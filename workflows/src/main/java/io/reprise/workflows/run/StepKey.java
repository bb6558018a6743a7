package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The key under which a step's fence stands: workflow id with generation, {@code :}, step id. It survives resets, retries
 * and continue-as-new, which Temporal's own activity ids do not.
 */
public record StepKey(@JsonValue String value) {

    @JsonCreator
    public StepKey {
        if (value.indexOf(':') < 1 || value.endsWith(":")) {
            throw new IllegalArgumentException(
                    "cannot use '" + value + "' as a step key (expected: <workflow id>:<step id>)");
        }
    }

    public WorkflowId workflowId() {
        return new WorkflowId(value.substring(0, value.lastIndexOf(':')));
    }

    public String stepId() {
        return value.substring(value.lastIndexOf(':') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
