package io.reprise.workflows.saga;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;

/** A business refusal: foreseen, never retried, and known by a stable type that becomes the run's reason. */
public final class Refusal {

    private Refusal() {}

    public static ApplicationFailure because(String type, String message) {
        return ApplicationFailure.newBuilder()
                .setType(type)
                .setMessage(message)
                .setNonRetryable(true)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .build();
    }
}
