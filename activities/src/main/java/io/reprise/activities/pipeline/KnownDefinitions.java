package io.reprise.activities.pipeline;

import io.reprise.activities.schedule.KnownPipeline;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.workflows.saga.Refusal;

/** Finds what a step is told to do, by the hash of its definition. */
final class KnownDefinitions {

    private final KnownPipelines pipelines;

    KnownDefinitions(KnownPipelines pipelines) {
        this.pipelines = pipelines;
    }

    /** Refused where the ledger has no such definition. */
    PipelineDefinition named(String hash) {
        return pipelines
                .byHash(hash)
                .map(KnownPipeline::definition)
                .orElseThrow(() -> Refusal.because(
                        "definition-unknown",
                        "cannot find definition " + hash
                                + " in the ledger (expected: every definition of a kept run)"));
    }

    /** What new runs of that name are made from; refused where there is none. */
    KnownPipeline current(String pipeline) {
        return pipelines
                .current(pipeline)
                .orElseThrow(() -> Refusal.because(
                        "pipeline-unknown",
                        "cannot find '" + pipeline
                                + "': the applied catalog has no such pipeline (expected: one it has)"));
    }

    /** The step of that id, which is of that kind. */
    <S extends StepDefinition> S step(String hash, String stepId, Class<S> kind) {
        return named(hash)
                .step(stepId)
                .filter(kind::isInstance)
                .map(kind::cast)
                .orElseThrow(() -> Refusal.because(
                        "step-unknown",
                        "cannot find step '" + stepId + "' in definition " + hash + " (expected: a "
                                + kind.getSimpleName() + ")"));
    }
}
