package io.reprise.workflows.stream;

import org.jspecify.annotations.Nullable;

/**
 * Which stream is to be planned, as it is written.
 *
 * @param definition of the stream, as JSON
 * @param contract its contract, as JSON; null where it has none
 */
public record PlanOrder(
        String connection, String definition, @Nullable String contract) {}
