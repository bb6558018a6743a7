package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.saga.StepGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a step's turn comes, and what it is told of the steps before it.
 *
 * @param needs ids of the steps that must be over
 * @param when what must hold, all of it; else the step is skipped
 * @param reads the outputs that the step is given
 * @param group with which other steps it shares a limit
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StepTurn(
        List<String> needs,
        List<Condition> when,
        List<OutputName> reads,
        @Nullable StepGroup group) {

    public StepTurn {
        needs = needs == null ? List.of() : List.copyOf(needs);
        when = when == null ? List.of() : List.copyOf(when);
        reads = reads == null ? List.of() : List.copyOf(reads);
    }

    /** With none of them: as the run starts. */
    public static StepTurn after(String... stepIds) {
        return new StepTurn(List.of(stepIds), List.of(), List.of(), null);
    }

    public StepTurn when(Condition... conditions) {
        return new StepTurn(needs, List.of(conditions), reads, group);
    }

    public StepTurn reading(String... outputs) {
        return new StepTurn(
                needs, when, List.of(outputs).stream().map(OutputName::new).toList(), group);
    }

    public StepTurn in(StepGroup other) {
        return new StepTurn(needs, when, reads, other);
    }
}
