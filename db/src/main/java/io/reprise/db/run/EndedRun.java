package io.reprise.db.run;

import java.time.Instant;

/** A run and when it ended, which is its place among those that ended. */
public record EndedRun(RunRef ref, Instant endedAt) {}
