package io.reprise.catalog.pipeline;

/**
 * How many runs of a pipeline may be under way.
 *
 * @param perKey of the same slot and key
 * @param slots of different slots
 * @param sequential whether each slot waits for the one before
 */
public record Concurrency(int perKey, int slots, boolean sequential) {

    public static final Concurrency USUAL = new Concurrency(1, 16, false);
}
