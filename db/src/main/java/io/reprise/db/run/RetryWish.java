package io.reprise.db.run;

import java.util.Optional;

/**
 * How a run is to be retried.
 *
 * @param acceptPartial take it that an operator skipped part of the undo
 * @param from id of the step from which on it is repeated; what is finished before it is kept
 * @param renewal where another definition is wanted than the one that it was started with
 */
public record RetryWish(boolean acceptPartial, Optional<String> from, Optional<Renewal> renewal) {

    public static RetryWish whole() {
        return new RetryWish(false, Optional.empty(), Optional.empty());
    }

    public static RetryWish acceptingPartial() {
        return new RetryWish(true, Optional.empty(), Optional.empty());
    }

    public static RetryWish from(String step) {
        return new RetryWish(false, Optional.of(step), Optional.empty());
    }

    public RetryWish by(Renewal other) {
        return new RetryWish(acceptPartial, from, Optional.of(other));
    }
}
