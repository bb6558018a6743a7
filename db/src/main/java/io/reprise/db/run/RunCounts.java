package io.reprise.db.run;

/**
 * How many runs wait to be started, are under way, and wait for a person.
 *
 * @param failing those of the stuck ones whose workflow code fails
 */
public record RunCounts(int queued, int open, int stuck, int failing) {}
