package io.reprise.catalog.pipeline;

import java.util.List;

/**
 * Brings a stage into its target: only what differs, in one fenced transaction.
 *
 * @param from alias of the stage
 * @param to alias of the target
 * @param key the columns that make a row the same row
 * @param keepsVersion whether the version before is kept, so that it can be undone
 */
public record PublishStep(
        StepHead head,
        String connection,
        String from,
        String to,
        List<String> key,
        boolean keepsVersion,
        List<Output> outputs)
        implements StepDefinition {

    public PublishStep {
        key = List.copyOf(key);
        outputs = List.copyOf(outputs);
    }

    @Override
    public PublishStep with(StepHead other) {
        return new PublishStep(other, connection, from, to, key, keepsVersion, outputs);
    }

    @Override
    public boolean hasUndo() {
        return keepsVersion;
    }
}
