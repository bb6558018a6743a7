package io.reprise.workflows.saga;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;

/** Why an operator's request was refused; the type crosses the wire. */
public enum Rejected {
    TOO_LATE("too-late"),
    UNKNOWN_STEP("unknown-step"),
    NOT_WAITING("not-waiting"),
    NOT_STUCK("not-stuck"),
    UNDECIDED("undecided"),
    REASON_MISSING("reason-missing");

    private final String type;

    Rejected(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }

    ApplicationFailure because(String message) {
        return ApplicationFailure.newBuilder()
                .setType(type)
                .setMessage(message)
                .setNonRetryable(true)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .build();
    }
}
