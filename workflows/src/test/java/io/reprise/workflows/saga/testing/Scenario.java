package io.reprise.workflows.saga.testing;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.Step;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Something that goes wrong at one step.
 *
 * @param steps to which steps it may happen
 * @param plot makes it happen, and plays the operator where one is needed
 * @param endings how the run may end; either way where a cancel races with the pivot or the end
 */
record Scenario(String name, Predicate<Step> steps, Plot plot, BiFunction<Step, StepMode, List<Forward>> endings) {

    /** What is prepared before the run starts, and what somebody does while it runs. */
    interface Plot {
        void prepare(Stage stage, Step step);

        default void meanwhile(Stage stage, Step step) throws Exception {}
    }
}
