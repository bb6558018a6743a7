package io.reprise.workflows.schedule;

import org.jspecify.annotations.Nullable;

/**
 * What became of one firing.
 *
 * @param slot for which the pipeline runs; null where none was to be started
 * @param runId in the ledger
 * @param words for whoever reads it in Temporal's own pages
 */
public record Launched(
        String pipeline, @Nullable String slot, @Nullable String runId, String words) {

    public static Launched nothing(String pipeline, String words) {
        return new Launched(pipeline, null, null, words);
    }
}
