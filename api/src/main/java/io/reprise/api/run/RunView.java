package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.StepMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run with its steps, in full. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunView(
        @JsonUnwrapped RunSummary run,
        StepMode mode,
        Optional<String> failure,
        boolean cancelRequested,
        int startAttempts,
        Optional<String> startError,
        List<StepView> steps,
        List<Question> questions,
        List<Wait> waits,
        Optional<MadeFrom> definition,
        Links links) {

    /** What a person is asked now, by a step that waits for the answer. */
    public record Question(String step, String text) {}

    /**
     * The record that a step waits for now.
     *
     * @param text which record, in words
     * @param since from when on records count
     * @param note what keeps it from being found, or may have been missed
     * @param unreadable how many records could not be read, and were passed
     */
    public record Wait(String step, String text, Instant since, Optional<String> note, long unreadable) {}

    /**
     * The definition that a run was made from.
     *
     * @param createdAt when it was first applied
     * @param text where to read it
     */
    public record MadeFrom(String hash, Instant createdAt, String text) {}

    /**
     * Where to go on reading.
     *
     * @param temporal the run in Temporal's own pages
     */
    public record Links(String self, String events, String temporal) {}

    public RunView {
        steps = List.copyOf(steps);
        questions = List.copyOf(questions);
        waits = List.copyOf(waits);
    }

    static RunView of(
            Run run,
            List<StepView> steps,
            List<Question> questions,
            List<Wait> waits,
            Optional<MadeFrom> definition,
            TemporalPages pages) {
        String self = "/api/v1/runs/" + run.ref().runId();
        return new RunView(
                RunSummary.of(run),
                run.mode(),
                run.failure(),
                run.cancelRequested(),
                run.startAttempts(),
                run.startError(),
                steps,
                questions,
                waits,
                definition,
                new Links(self, self + "/events", pages.of(run)));
    }
}
