package io.reprise.activities.saga;

import org.jspecify.annotations.Nullable;

/** A fence row that was there before. */
record Fence(
        FenceState state,
        @Nullable RequestHash requestHash,
        @Nullable String result) {}
