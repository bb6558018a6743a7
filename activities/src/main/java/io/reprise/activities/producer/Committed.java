package io.reprise.activities.producer;

import java.util.List;

/** What became of a batch. Except for {@link All}, none of it was sent, as far as readers of committed records can see. */
public sealed interface Committed<R> {

    record All<R>() implements Committed<R> {}

    /** The broker, or the client before it, will not have these records. The others are innocent. */
    record Refused<R>(List<R> records, String error) implements Committed<R> {
        public Refused {
            records = List.copyOf(records);
        }
    }

    /** A newer producer with the same transactional id is at work. */
    record Fenced<R>() implements Committed<R> {}

    /** Nothing is known to be wrong with the records; Kafka could not be reached or could not answer in time. */
    record Unreachable<R>(String error) implements Committed<R> {}
}
