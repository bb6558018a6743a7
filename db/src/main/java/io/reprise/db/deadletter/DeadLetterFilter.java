package io.reprise.db.deadletter;

import java.util.Optional;

/** Which dead letters to list. */
public record DeadLetterFilter(
        Optional<DeadLetter.Status> status, Optional<String> trigger, Optional<String> fingerprint) {

    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.empty());

    public DeadLetterFilter status(DeadLetter.Status wanted) {
        return new DeadLetterFilter(Optional.of(wanted), trigger, fingerprint);
    }

    public DeadLetterFilter trigger(String wanted) {
        return new DeadLetterFilter(status, Optional.of(wanted), fingerprint);
    }

    public DeadLetterFilter fingerprint(String wanted) {
        return new DeadLetterFilter(status, trigger, Optional.of(wanted));
    }
}
