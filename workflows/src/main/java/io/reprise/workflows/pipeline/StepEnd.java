package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the end of a step means for its run.
 *
 * @param undo whether it is undone with the run
 * @param pivot whether its success is the point after which nothing is undone
 * @param continues whether the run goes on after its failure, which is shown: {@code if-fails: continue}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record StepEnd(boolean undo, boolean pivot, boolean continues) {

    public static final StepEnd PLAIN = new StepEnd(false, false, false);
    public static final StepEnd UNDONE = new StepEnd(true, false, false);
    public static final StepEnd PIVOT = new StepEnd(false, true, false);

    public StepEnd {
        if (pivot && (undo || continues)) {
            throw new IllegalArgumentException("cannot plan a pivot that is undone or may fail (expected: a pivot that"
                    + " decides: where it fails the run fails, and after it nothing is undone)");
        }
    }

    public StepEnd continuing() {
        return new StepEnd(undo, pivot, true);
    }
}
