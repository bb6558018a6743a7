package io.reprise.workflows.saga;

import io.temporal.activity.ActivityOptions;

/** The options that all activities of a step share. */
final class StepActivity {

    private StepActivity() {}

    /** The summary is what Temporal's own pages show for the activity: what, and on which task queue if not the run's. */
    static ActivityOptions.Builder options(Step step, String what, Retry retry) {
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(step.terms().attemptTimeout())
                .setRetryOptions(retry.options())
                .setSummary(what
                        + step.terms().taskQueue().map(queue -> " on " + queue).orElse(""));
        step.terms().taskQueue().ifPresent(options::setTaskQueue);
        step.terms().heartbeat().ifPresent(options::setHeartbeatTimeout);
        return options;
    }
}
