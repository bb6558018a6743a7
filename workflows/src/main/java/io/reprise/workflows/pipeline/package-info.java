/**
 * Runs a pipeline that people wrote down as data: the plan says which steps there are and when each comes, the definition,
 * known here only by its hash, what they do. A failed run is undone, or held to be repeated from a step.
 */
package io.reprise.workflows.pipeline;
