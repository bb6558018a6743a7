package io.reprise.catalog.pipeline;

import java.time.Duration;

/**
 * Restates slots whose input changed after their run.
 *
 * @param lookBack how far back
 * @param every how often it looks
 */
public record LateDefinition(Duration lookBack, Duration every) {}
