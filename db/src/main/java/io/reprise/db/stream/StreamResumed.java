package io.reprise.db.stream;

/** What became of the wish to let a stream go on. */
public sealed interface StreamResumed {

    record GoesOn(StreamState state) implements StreamResumed {}

    record NotFound(String stream) implements StreamResumed {}

    /** It is stopped, and it was not said where it is to go on. */
    record Undecided(String reason) implements StreamResumed {}

    /** It was said where to go on, and nothing stops it. */
    record NothingToDecide() implements StreamResumed {}
}
