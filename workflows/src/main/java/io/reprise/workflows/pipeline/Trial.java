package io.reprise.workflows.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step did before it was rolled back. Small: it stands in a history.
 *
 * @param outputs what it would hand on
 * @param refusal why its run would fail, as {@code check-failed: …}; null where it would go on
 */
public record Trial(
        List<Statement> statements,
        List<Check> checks,
        Map<String, @Nullable Object> outputs,
        @Nullable String refusal) {

    public Trial {
        statements = List.copyOf(statements);
        checks = List.copyOf(checks);
        outputs = Values.copyOf(outputs);
    }

    /**
     * One that was run.
     *
     * @param rows changed or answered
     * @param plan how the database runs it, where that was asked for
     */
    public record Statement(
            String text, long rows, long millis, @Nullable String plan) {}

    /**
     * What a check found.
     *
     * @param offending how many rows offend
     * @param first JSON array: the first of them
     */
    public record Check(String name, long offending, String first) {}
}
