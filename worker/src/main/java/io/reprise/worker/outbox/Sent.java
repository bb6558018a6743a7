package io.reprise.worker.outbox;

import java.util.List;

/** What became of one batch. Except for {@link All}, none of it was sent, as far as readers of committed records can see. */
sealed interface Sent {

    record All() implements Sent {}

    /** The broker, or the client before it, will not have these records. The others are innocent. */
    record Refused(List<OutboxRow> rows, String error) implements Sent {
        public Refused {
            rows = List.copyOf(rows);
        }
    }

    /** A newer sender of the shard is at work. */
    record Fenced() implements Sent {}

    /** Nothing is known to be wrong with the records; Kafka could not be reached or could not answer in time. */
    record Unreachable(String error) implements Sent {}
}
