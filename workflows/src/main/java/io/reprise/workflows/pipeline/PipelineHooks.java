package io.reprise.workflows.pipeline;

import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.saga.RunHooks;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls the hooks of a pipeline, each once. One that fails in the end is given up: it changes nothing of the run. */
final class PipelineHooks implements RunHooks {

    private static final String HOOK = "Pipeline.hook";
    private static final int MOST_STEPS_TOLD = 50;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final RetryOptions RETRY = RetryOptions.newBuilder()
            .setMaximumAttempts(10)
            .setInitialInterval(Duration.ofSeconds(1))
            .setMaximumInterval(Duration.ofMinutes(1))
            .build();

    private final PipelineInput input;
    private final Set<HookPoint> called = new LinkedHashSet<>();
    private final List<Promise<Void>> open = new ArrayList<>();

    PipelineHooks(PipelineInput input) {
        this.input = input;
    }

    @Override
    public void stuck(RunOutcome outcome) {
        call(HookPoint.ofRun(Occasion.STUCK), outcome);
        outcome.stuckSteps().forEach(step -> call(HookPoint.ofStep(Occasion.STUCK, step), outcome));
    }

    @Override
    public void ended(RunOutcome outcome) {
        occasions(outcome.forward(), outcome.compensation())
                .forEach(occasion -> call(HookPoint.ofRun(occasion), outcome));
        for (StepOutcome step : outcome.steps()) {
            occasions(step.forward(), step.compensation())
                    .forEach(occasion -> call(HookPoint.ofStep(occasion, step.stepId()), outcome));
        }
        open.forEach(call -> call.handle((told, failure) -> Optional.empty()).get());
    }

    /** What has been undone has not succeeded, whatever it did before. */
    private static List<Occasion> occasions(Forward forward, Compensation compensation) {
        List<Occasion> occasions = new ArrayList<>();
        if (forward == Forward.FAILED) {
            occasions.add(Occasion.FAILURE);
        }
        if (forward == Forward.SUCCEEDED && compensation == Compensation.NONE) {
            occasions.add(Occasion.SUCCESS);
        }
        if (compensation == Compensation.DONE || compensation == Compensation.PARTIAL) {
            occasions.add(Occasion.UNDO);
        }
        return occasions;
    }

    private void call(HookPoint point, RunOutcome outcome) {
        if (!input.plan().hooks().contains(point) || !called.add(point)) {
            return;
        }
        String what = point.step() == null ? word(point) : word(point) + " of " + point.step();
        ActivityOptions options = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(LONGEST)
                .setRetryOptions(RETRY)
                .setSummary("hook: " + what)
                .build();
        HookCall call = new HookCall(
                outcome.workflowId() + "#" + what.replace(' ', '-'),
                point,
                input.definition(),
                input.slot(),
                input.parameters(),
                shortened(outcome));
        open.add(Workflow.newUntypedActivityStub(options).executeAsync(HOOK, Void.class, call));
    }

    private static String word(HookPoint point) {
        return switch (point.on()) {
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case UNDO -> "undo";
            case STUCK -> "stuck";
        };
    }

    private static RunOutcome shortened(RunOutcome outcome) {
        return new RunOutcome(
                outcome.runId(),
                outcome.startedOn(),
                outcome.workflowId(),
                outcome.revision(),
                outcome.forward(),
                outcome.compensation(),
                outcome.reason(),
                outcome.failure(),
                outcome.steps().stream()
                        .filter(PipelineHooks::isRemarkable)
                        .limit(MOST_STEPS_TOLD)
                        .toList());
    }

    private static boolean isRemarkable(StepOutcome step) {
        return step.compensation() != Compensation.NONE
                || (step.forward() != Forward.SUCCEEDED && step.forward() != Forward.QUEUED);
    }
}
