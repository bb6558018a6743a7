package io.reprise.catalog.pipeline;

/**
 * SQL as it was written.
 *
 * @param file its file within the pipeline's folder, or {@code pipeline.yaml (step capture)} where it stands there
 */
public record SqlSource(String file, String text) {}
