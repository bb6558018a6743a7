package io.reprise.activities.stream;

/** What became of the wish to load a dead letter after all. */
public sealed interface Replayed {

    /** It is accounted for as what it is now, and no longer as dead. */
    record Done() implements Replayed {}

    /** Its row was there already. */
    record WasThere() implements Replayed {}

    /** It still cannot be loaded. */
    record StillDead(String words) implements Replayed {}

    /** Nothing can be said of it today: ask again. */
    record NotYet(String words) implements Replayed {}
}
