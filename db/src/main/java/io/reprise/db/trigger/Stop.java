package io.reprise.db.trigger;

import java.time.Instant;

/**
 * A partition whose log is not the one that the trigger read.
 *
 * @param position where the trigger would have gone on
 * @param logStart the first offset of the log when it was found
 * @param logEnd the offset after its last record
 * @param reason what was found, in words
 */
public record Stop(
        TriggerBatch.Source source, long position, long logStart, long logEnd, String reason, Instant stoppedAt) {}
