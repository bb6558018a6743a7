package io.reprise.db.trigger;

import java.util.List;

/** What became of the wish that a trigger goes on. */
public sealed interface Resumed {

    record GoesOn(Subscription subscription) implements Resumed {}

    /** Its log is not the one that was read, and nobody said where to go on in it. */
    record Undecided(List<Stop> stops) implements Resumed {
        public Undecided {
            stops = List.copyOf(stops);
        }
    }

    /** Somebody said where to go on in a log that is the one that was read. */
    record NothingToDecide() implements Resumed {}

    record NotFound(String trigger) implements Resumed {}
}
