package io.reprise.activities.stream;

/** What became of the wish to load a batch. */
public sealed interface Loaded {

    /**
     * All of it is accounted for.
     *
     * @param dead how many of its records are dead letters
     */
    record Done(int dead) implements Loaded {}

    /** Somebody else has moved a checkpoint: none, or the beginning of it only, was loaded. */
    record Stale(String words) implements Loaded {}

    /** So many of its records cannot be loaded that something else must be wrong: none, or the beginning of it only, was loaded. */
    record Storm(String words) implements Loaded {}
}
