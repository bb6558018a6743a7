package io.reprise.workflows.saga;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * How a step is repeated after a failure that may pass.
 *
 * @param attempts how often at most; {@link #ENDLESS} for no limit
 */
public record Retry(
        int attempts,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration first,
        double factor,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration longest) {

    public static final int ENDLESS = 0;
    public static final Retry PATIENT = new Retry(ENDLESS, Duration.ofMillis(200), 2, Duration.ofSeconds(10));

    public Retry {
        if (attempts < ENDLESS || first.isNegative() || first.isZero() || factor < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("cannot retry " + attempts + " times after " + first + ", growing by "
                    + factor + " up to " + longest
                    + " (expected: 0 or more attempts, a delay above zero, a factor of 1 or "
                    + "more, a longest delay not below the first)");
        }
    }

    public static Retry attempts(int attempts) {
        return new Retry(attempts, PATIENT.first, PATIENT.factor, PATIENT.longest);
    }

    Retry endless() {
        return new Retry(ENDLESS, first, factor, longest);
    }

    RetryOptions options() {
        return RetryOptions.newBuilder()
                .setMaximumAttempts(attempts)
                .setInitialInterval(first)
                .setBackoffCoefficient(factor)
                .setMaximumInterval(longest)
                .build();
    }
}
