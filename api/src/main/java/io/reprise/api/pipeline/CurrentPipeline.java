package io.reprise.api.pipeline;

import io.reprise.catalog.pipeline.PipelineDefinition;

/**
 * A pipeline of the applied catalog.
 *
 * @param hash of its definition
 */
public record CurrentPipeline(String hash, PipelineDefinition definition) {

    public String name() {
        return definition.name().value();
    }
}
