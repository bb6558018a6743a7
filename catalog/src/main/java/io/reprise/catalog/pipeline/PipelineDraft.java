package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import java.util.List;

/**
 * A pipeline as it was read, before it is known whether it fits among the others.
 *
 * @param last the steps under {@code finally}
 */
record PipelineDraft(PipelineDefinition definition, YamlObject fields, List<StepDraft> steps, List<StepDraft> last) {

    String name() {
        return definition.name().value();
    }
}
