package io.reprise.db.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * What a slot of a pipeline was last made from.
 *
 * @param slot with its keys, as in the workflow id
 * @param runId the run that read that input; none where the input was only looked at
 */
public record SlotInput(String pipeline, String slot, String digest, Instant seenAt, Optional<String> runId) {}
