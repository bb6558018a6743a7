package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.pipeline.WaitStep;
import io.reprise.workflows.pipeline.NotYet;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.pipeline.WaitSteps;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/** Looks for what steps wait for. Each look is short: a wait takes no thread between two of them. */
final class WorldWaits implements WaitSteps {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private final KnownDefinitions definitions;
    private final Rows rows;
    private final Runs runs;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST_ANSWER).build();

    /** Asks the database of a connection. */
    @FunctionalInterface
    interface Rows {
        StepResult look(StepCall call, PipelineStep step, WaitStep wait, WaitFor.Rows rows);
    }

    /** Asks for runs of other pipelines. */
    @FunctionalInterface
    interface Runs {
        StepResult look(WaitFor.Run run, PipelineStep step, StepValues values);
    }

    WorldWaits(KnownDefinitions definitions, Rows rows, Runs runs, Clock clock) {
        this.definitions = definitions;
        this.rows = rows;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public StepResult look(StepCall call, PipelineStep step) {
        WaitStep wait = definitions.step(step.definition(), step.step(), WaitStep.class);
        StepValues values = StepValues.of(call.runId(), call.key(), step, wait.head());
        return switch (wait.what()) {
            case WaitFor.Rows wanted -> rows.look(call, step, wait, wanted);
            case WaitFor.Run wanted -> runs.look(wanted, step, values);
            case WaitFor.File file -> {
                WaitedFile.look(values.filled(file.path()), file.least(), file.still(), clock.instant());
                yield StepResult.nothing();
            }
            case WaitFor.Answer answer -> {
                WaitedAnswer.look(http, address(values.filled(answer.url())), answer, LONGEST_ANSWER);
                yield StepResult.nothing();
            }
            case WaitFor.Topic _, WaitFor.Approval _ ->
                throw Refusal.because(
                        "step-unknown",
                        "cannot look for what '" + step.step() + "' waits for (expected: that its run is told of it)");
        };
    }

    private static URI address(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.because("address-unreadable", "cannot ask '" + url + "' (expected: an http address)");
        }
    }

    static RuntimeException notYet(String found) {
        return NotYet.because(found);
    }
}
