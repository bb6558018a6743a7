package io.reprise.activities.saga;

import org.jspecify.annotations.Nullable;

/**
 * A fence row that was there before.
 *
 * @param runId the run that put it up
 */
record Fence(
        FenceState state,
        String runId,
        @Nullable RequestHash requestHash,
        @Nullable String result) {}
