package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.StepKey;

/**
 * Which step is to be tried, with which values.
 *
 * @param connection on which it runs
 * @param key that it would have in a run of its slot
 */
public record TrialOrder(String connection, StepKey key, PipelineStep step, boolean explain, String by) {}
