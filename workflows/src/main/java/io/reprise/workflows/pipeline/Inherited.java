package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.StepKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step that an earlier generation of the run did, and that is kept: it is not done again, but undone with the run.
 *
 * @param key under which it was done, and is undone
 */
public record Inherited(String step, StepKey key, Map<String, @Nullable Object> outputs) {

    public Inherited {
        outputs = Values.copyOf(outputs);
    }
}
