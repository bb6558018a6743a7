package io.reprise.catalog.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * Runs a command of the operating system, on any worker. It is given values by its environment only.
 *
 * @param words the program and its arguments, exactly; no shell reads them
 * @param undo the command that undoes it
 */
public record CommandStep(
        StepHead head, Guarantee guarantee, List<String> words, Optional<List<String>> undo, List<Output> outputs)
        implements StepDefinition {

    public CommandStep {
        words = List.copyOf(words);
        undo = undo.map(List::copyOf);
        outputs = List.copyOf(outputs);
    }

    @Override
    public CommandStep with(StepHead other) {
        return new CommandStep(other, guarantee, words, undo, outputs);
    }

    @Override
    public boolean hasUndo() {
        return undo.isPresent();
    }
}
