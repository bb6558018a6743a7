package io.reprise.activities.sql;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;

/** Tells whoever waits for a step that it is alive, and hears whether it is still wanted. */
@FunctionalInterface
public interface Heart {

    /**
     * Says that the step is alive.
     *
     * @param doing what is being done, for people
     * @throws ActivityCompletionException where the step is not wanted any more
     */
    void beat(String doing);

    /** How often a statement is worth a beat. */
    default Duration pause() {
        return Duration.ofSeconds(5);
    }

    /** The heart of the activity that calls this; it may beat on any thread. */
    static Heart ofActivity() {
        return new ActivityHeart(Activity.getExecutionContext());
    }

    /** Beats for one attempt of an activity. */
    record ActivityHeart(ActivityExecutionContext context) implements Heart {

        private static final Duration SHORTEST = Duration.ofMillis(100);
        private static final Duration LONGEST = Duration.ofSeconds(5);

        @Override
        public void beat(String doing) {
            context.heartbeat(doing);
        }

        /** Several within the limit after which the server takes the step for lost. */
        @Override
        public Duration pause() {
            Duration limit = context.getInfo().getHeartbeatTimeout();
            Duration part = limit.isZero() ? LONGEST : limit.dividedBy(4);
            Duration bounded = part.compareTo(LONGEST) < 0 ? part : LONGEST;
            return bounded.compareTo(SHORTEST) > 0 ? bounded : SHORTEST;
        }
    }
}
