package io.reprise.workflows.saga;

import io.reprise.workflows.run.StepKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What flows through one run: decides about a step whose turn has come, and keeps what the steps answer. */
public interface Flow {

    /** What is to be done about a step whose turn has come. */
    sealed interface Due {

        /** It is done, with this as the second argument of its activity. */
        record Run(Object input) implements Due {}

        record Skip(String reason) implements Due {}

        record Refuse(RuntimeException failure) implements Due {}
    }

    Due due(Step step);

    /** What the activities of steps answer. */
    Class<?> answerType();

    void answered(Step step, @Nullable Object answer);

    /** False where a later step may need an answer of this one that the run does not have. */
    boolean hasAnswerOf(Step step);

    /** The key under which an earlier generation did the step; it is not done again, but undone under that key. */
    Optional<StepKey> inherited(Step step);

    /** Every step is given the same, and none answers. */
    static Flow giving(Object input) {
        return new Flow() {
            @Override
            public Due due(Step step) {
                return new Due.Run(input);
            }

            @Override
            public Class<?> answerType() {
                return Void.class;
            }

            @Override
            public void answered(Step step, @Nullable Object answer) {}

            @Override
            public boolean hasAnswerOf(Step step) {
                return true;
            }

            @Override
            public Optional<StepKey> inherited(Step step) {
                return Optional.empty();
            }
        };
    }
}
