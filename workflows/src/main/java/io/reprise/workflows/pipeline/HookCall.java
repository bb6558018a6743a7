package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.run.RunOutcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hook is told.
 *
 * @param id the same at every attempt, so that nothing is delivered twice where that can be helped
 * @param outcome of the run; of its steps, only those that did not simply succeed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookCall(
        String id,
        HookPoint point,
        String definition,
        @Nullable SlotValue slot,
        Map<String, @Nullable Object> parameters,
        RunOutcome outcome) {

    public HookCall {
        parameters = Values.copyOf(parameters);
    }
}
