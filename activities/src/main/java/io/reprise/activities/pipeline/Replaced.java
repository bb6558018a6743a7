package io.reprise.activities.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What a publication replaced, as its fence keeps it for the undo.
 *
 * @param version the version that it made
 * @param before the key of the step whose version it replaced; null where nobody had published
 * @param wasEmpty whether the scope had no rows before, so that no row of it needs to be kept
 * @param kept the table with the rows as they were before; null where none is needed
 */
record Replaced(
        long version,
        @Nullable String before,
        boolean wasEmpty,
        @Nullable String kept) {}
