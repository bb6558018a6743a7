package io.reprise.activities.producer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Why a record was not acknowledged. The words are those of the metrics. */
public enum FailureCause {
    /** It could not be made into bytes. */
    UNWRITABLE("unwritable", Kind.RECORD),
    TOO_LARGE("too-large", Kind.RECORD),
    /** The broker, or the client before it, will not have it: a bad topic name, time or policy. */
    INVALID("invalid", Kind.RECORD),
    TOPIC_FORBIDDEN("topic-forbidden", Kind.RECORD),
    NO_TOPIC("no-topic", Kind.RECORD),
    BUFFER_FULL("buffer-full", Kind.PASSING),
    UNREACHABLE("unreachable", Kind.PASSING),
    STOPPED("stopped", Kind.PASSING),
    /** The broker does not let this client in. */
    FORBIDDEN("forbidden", Kind.FATAL),
    /** A newer producer has taken this one's place. */
    FENCED("fenced", Kind.FATAL),
    /** The client cannot go on; another one may. */
    BROKEN("broken", Kind.FATAL);

    /** What a failure means for the next record. */
    public enum Kind {
        /** This record will not get through until somebody changes it or its topic. Others are innocent. */
        RECORD,
        /** The same record may get through later. */
        PASSING,
        /** The client is lost with all that it held; the next record gets a new one. */
        FATAL
    }

    /** The first that is found stands: from the particular to the general. */
    private static final Map<Class<? extends Exception>, FailureCause> KNOWN = known();

    private final String word;
    private final Kind kind;

    FailureCause(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Whether no earlier try at the record can have got through either. A topic that is forbidden or missing now may have taken
     * it before, and only the answer was lost.
     */
    boolean excludesEarlierTries() {
        return this == UNWRITABLE || this == TOO_LARGE || this == INVALID;
    }

    /** What Kafka's client means by an error. */
    static FailureCause of(Throwable error) {
        for (Map.Entry<Class<? extends Exception>, FailureCause> known : KNOWN.entrySet()) {
            if (isCausedBy(error, known.getKey())) {
                return known.getValue();
            }
        }
        return BROKEN;
    }

    private static Map<Class<? extends Exception>, FailureCause> known() {
        Map<Class<? extends Exception>, FailureCause> known = new LinkedHashMap<>();
        List.of(ProducerFencedException.class, InvalidProducerEpochException.class)
                .forEach(type -> known.put(type, FENCED));
        List.of(RecordTooLargeException.class, RecordBatchTooLargeException.class)
                .forEach(type -> known.put(type, TOO_LARGE));
        known.put(SerializationException.class, UNWRITABLE);
        List.of(
                        InvalidTopicException.class,
                        InvalidRecordException.class,
                        InvalidTimestampException.class,
                        PolicyViolationException.class)
                .forEach(type -> known.put(type, INVALID));
        known.put(TopicAuthorizationException.class, TOPIC_FORBIDDEN);
        known.put(AuthorizationException.class, FORBIDDEN);
        known.put(AuthenticationException.class, FORBIDDEN);
        known.put(UnknownTopicOrPartitionException.class, NO_TOPIC);
        known.put(BufferExhaustedException.class, BUFFER_FULL);
        known.put(InterruptException.class, STOPPED);
        known.put(RetriableException.class, UNREACHABLE);
        return known;
    }

    private static boolean isCausedBy(Throwable error, Class<? extends Exception> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
