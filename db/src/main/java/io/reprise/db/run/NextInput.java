package io.reprise.db.run;

import io.reprise.workflows.run.RunInput;

/** With what input the next generation of a run begins. */
@FunctionalInterface
public interface NextInput {

    sealed interface Answer {

        record With(RunInput input) implements Answer {}

        /** It cannot be repeated so. */
        record Refused(String found, String expected) implements Answer {}
    }

    Answer of(Run run, RunInput input, RetryWish wish);

    /** All of it once more: of runs whose steps are undone before they are retried. */
    static Answer same(RunInput input, RetryWish wish) {
        return wish.from()
                .<Answer>map(step -> new Answer.Refused(
                        "none of its steps was kept, so that it cannot go on from '" + step + "'",
                        "a run that is held, or a retry of all of it"))
                .orElseGet(
                        () -> new Answer.With(wish.renewal().map(Renewal::input).orElse(input)));
    }
}
