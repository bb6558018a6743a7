package io.reprise.workflows.backfill;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

public final class BackfillRun implements BackfillWorkflow {

    /** A turn is a minute and some seven events, so that a history is an hour and far below Temporal's limits. */
    static final int MOST_TURNS = 60;

    @Override
    public BackfillTurn drive(String backfillId) {
        BackfillSteps steps = steps(backfillId);
        for (int turn = 0; turn < MOST_TURNS && !Workflow.getInfo().isContinueAsNewSuggested(); turn++) {
            BackfillTurn last = steps.advance(backfillId);
            if (last != BackfillTurn.GOES_ON) {
                return last;
            }
        }
        return Workflow.newContinueAsNewStub(BackfillWorkflow.class).drive(backfillId);
    }

    private static BackfillSteps steps(String backfillId) {
        return Workflow.newActivityStub(
                BackfillSteps.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(3))
                        .setHeartbeatTimeout(Duration.ofSeconds(15))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setMaximumInterval(Duration.ofSeconds(30))
                                .build())
                        .setSummary("advance " + backfillId)
                        .build());
    }
}
