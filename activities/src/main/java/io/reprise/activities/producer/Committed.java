package io.reprise.activities.producer;

import java.util.List;

/** What became of a batch. Readers of committed records see all of it or none. */
public sealed interface Committed<R> {

    /** It is there. */
    record All<R>() implements Committed<R> {}

    /** None of it is there. The broker, or the client before it, will not have these records; the others are innocent. */
    record Refused<R>(List<R> records, String error) implements Committed<R> {
        public Refused {
            records = List.copyOf(records);
        }
    }

    /** A newer producer with the same transactional id is at work. The batch may be there: its commit may have come first. */
    record Fenced<R>() implements Committed<R> {}

    /**
     * Nothing is known to be wrong with the records; Kafka could not be reached or could not answer in time. The batch may be
     * there: the answer to its commit may have been lost.
     */
    record Unreachable<R>(String error) implements Committed<R> {}
}
