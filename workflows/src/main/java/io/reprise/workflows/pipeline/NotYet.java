package io.reprise.workflows.pipeline;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;

/** What is waited for is not there: look again. */
public final class NotYet {

    public static final String TYPE = "not-yet";

    private NotYet() {}

    public static ApplicationFailure because(String found) {
        ApplicationFailure notYet = ApplicationFailure.newBuilder()
                .setType(TYPE)
                .setMessage(found)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .build();
        // Small enough for the server to keep as it is while it is repeated.
        notYet.setStackTrace(new StackTraceElement[0]);
        return notYet;
    }
}
