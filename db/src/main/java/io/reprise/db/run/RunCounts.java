package io.reprise.db.run;

/** How many runs wait to be started, are under way, and wait for a person. */
public record RunCounts(int queued, int open, int stuck) {}
