package io.reprise.api.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.workflows.pipeline.Trial;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a step did before it was rolled back.
 *
 * @param refusal why its run would fail; empty where it would go on
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TrialView(
        String pipeline,
        String step,
        boolean rolledBack,
        Optional<String> refusal,
        Map<String, @Nullable Object> outputs,
        List<Statement> statements,
        List<Check> checks) {

    public TrialView {
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
        statements = List.copyOf(statements);
        checks = List.copyOf(checks);
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Statement(String text, long rows, long millis, Optional<String> plan) {}

    /**
     * What a check found.
     *
     * @param first the first offending rows, an object each
     */
    public record Check(
            String name, long offending, @JsonRawValue String first) {}

    static TrialView of(String pipeline, String step, Trial trial) {
        return new TrialView(
                pipeline,
                step,
                true,
                Optional.ofNullable(trial.refusal()),
                new TreeMap<>(trial.outputs()),
                trial.statements().stream()
                        .map(it -> new Statement(it.text(), it.rows(), it.millis(), Optional.ofNullable(it.plan())))
                        .toList(),
                trial.checks().stream()
                        .map(it -> new Check(it.name(), it.offending(), it.first()))
                        .toList());
    }
}
