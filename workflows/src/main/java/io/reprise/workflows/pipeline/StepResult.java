package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a forward step of a pipeline answers.
 *
 * @param outputs small scalars by name; results never enter Temporal's histories
 */
public record StepResult(Map<String, @Nullable Object> outputs) {

    public static final int MOST_BYTES_OF_ONE = 1_024;
    public static final int MOST_BYTES = 16 * 1_024;

    private static final StepResult NOTHING = new StepResult(Values.copyOf(null));

    public StepResult {
        outputs = Values.copyOf(outputs);
    }

    public static StepResult nothing() {
        return NOTHING;
    }

    /** Refuses what is too large, or no scalar, with words. To be called before the step's transaction commits. */
    public static StepResult of(String stepId, Map<String, ? extends @Nullable Object> outputs) {
        int bytes = 0;
        for (Map.Entry<String, ? extends @Nullable Object> output : outputs.entrySet()) {
            bytes += sizeOf(stepId, output.getKey(), output.getValue());
        }
        if (bytes > MOST_BYTES) {
            throw tooLarge("cannot take the outputs of '" + stepId + "': they are " + bytes + " bytes", MOST_BYTES);
        }
        return new StepResult(Values.copyOf(outputs));
    }

    private static int sizeOf(String stepId, String name, @Nullable Object value) {
        if (!(value == null || value instanceof Number || value instanceof String || value instanceof Boolean)) {
            throw Refusal.because(
                    "output-unusable",
                    "cannot take output '" + name + "' of '" + stepId + "': it is a "
                            + value.getClass().getSimpleName() + " (expected: a number, text or truth value)");
        }
        int bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES_OF_ONE) {
            throw tooLarge(
                    "cannot take output '" + name + "' of '" + stepId + "': it is " + bytes + " bytes",
                    MOST_BYTES_OF_ONE);
        }
        return name.length() + bytes;
    }

    private static RuntimeException tooLarge(String found, int most) {
        return Refusal.because(
                "output-too-large",
                found + " (expected: at most " + most + "; keep results in tables and hand on their names)");
    }
}
