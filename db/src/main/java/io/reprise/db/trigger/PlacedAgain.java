package io.reprise.db.trigger;

/** What became of the wish that a trigger reads from other places. */
public sealed interface PlacedAgain {

    record Done(int partitions) implements PlacedAgain {}

    /** Its readers would go on where they are: it must be paused first. */
    record StillRuns(String state) implements PlacedAgain {}

    record NotFound(String trigger) implements PlacedAgain {}
}
