package io.reprise.workflows.saga;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An activity that has to succeed in the end. The server repeats it without limit, and a timer beside it shows it as STUCK
 * meanwhile. A failure that the server does not repeat is repeated here after a pause. An operator may replace the attempt
 * or give it up.
 */
final class InsistentCall<R> {

    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What is called, and what the timers beside it say it is. */
    record Target<R>(String what, String type, Class<R> result, ActivityOptions options, List<?> arguments) {}

    private final Target<R> target;
    private final Duration stuckAfter;
    private Promise<R> attempt = Workflow.newPromise();
    private Promise<Void> timer = Workflow.newPromise();
    private CancellationScope attemptScope = Workflow.newDetachedCancellationScope(() -> {});
    private CancellationScope timerScope = attemptScope;
    private Duration nextPause = SHORTEST_PAUSE;
    private boolean pausing;
    private boolean stuck;
    private boolean ended;
    private boolean retryOrdered;
    private @Nullable String skipReason;
    private @Nullable String error;

    InsistentCall(Target<R> target, Duration stuckAfter) {
        this.target = target;
        this.stuckAfter = stuckAfter;
        begin();
    }

    boolean hasEnded() {
        return ended;
    }

    /** What it answered; empty where it was given up. To be asked once it has ended. */
    Optional<R> answer() {
        return succeeded() ? Optional.ofNullable(attempt.get()) : Optional.empty();
    }

    boolean isGivenUp() {
        return ended && !succeeded();
    }

    boolean isStuck() {
        return stuck && !ended;
    }

    String error() {
        return error == null ? "not done after " + stuckAfter + ", goes on" : error;
    }

    /** Replaces the attempt by a new one, as the run comes to it. */
    void retry() {
        retryOrdered = true;
    }

    /** Gives it up, as the run comes to it, unless it succeeds before. */
    void skip(String reason) {
        skipReason = reason;
    }

    boolean hasObeyed() {
        return ended || (!retryOrdered && skipReason == null);
    }

    boolean hasNews() {
        if (ended) {
            return false;
        }
        boolean timerIsNews = timer.isCompleted() && (pausing || !stuck);
        boolean attemptIsNews = attempt.isCompleted() && !pausing;
        return !hasObeyed() || timerIsNews || attemptIsNews;
    }

    /** Takes one step on from what is new. Only the run itself calls it. */
    void advance() {
        if (succeeded()) {
            end();
        } else if (skipReason != null) {
            error = "skipped: " + skipReason;
            attemptScope.cancel("skipped");
            end();
        } else if (retryOrdered) {
            startOver();
        } else if (pausing) {
            begin();
        } else if (attempt.isCompleted()) {
            pauseAfter(attempt.getFailure());
        } else {
            stuck = true;
        }
    }

    private boolean succeeded() {
        return attempt.isCompleted() && attempt.getFailure() == null;
    }

    private void begin() {
        pausing = false;
        attemptScope = Workflow.newDetachedCancellationScope(() -> attempt = execute());
        attemptScope.run();
        if (!stuck) {
            time(stuckAfter, target.what() + ": STUCK if not done in " + stuckAfter);
        }
    }

    private Promise<R> execute() {
        return Workflow.newUntypedActivityStub(target.options())
                .executeAsync(target.type(), target.result(), target.arguments().toArray());
    }

    private void startOver() {
        retryOrdered = false;
        stuck = false;
        error = null;
        nextPause = SHORTEST_PAUSE;
        attemptScope.cancel("replaced");
        timerScope.cancel("replaced");
        begin();
    }

    private void pauseAfter(RuntimeException failure) {
        stuck = true;
        pausing = true;
        error = Stop.messageOf(failure);
        timerScope.cancel("failed");
        time(nextPause, target.what() + " is tried again");
        nextPause = nextPause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? nextPause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private void end() {
        ended = true;
        timerScope.cancel("ended");
    }

    private void time(Duration duration, String what) {
        timerScope = Workflow.newDetachedCancellationScope(() -> timer = Workflow.newTimer(
                duration, TimerOptions.newBuilder().setSummary(what).build()));
        timerScope.run();
    }
}
