package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.PipelineDefinition;

/**
 * A pipeline as the ledger has it.
 *
 * @param hash of its definition
 */
public record KnownPipeline(String hash, PipelineDefinition definition) {

    public String name() {
        return definition.name().value();
    }
}
