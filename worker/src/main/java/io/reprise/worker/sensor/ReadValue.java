package io.reprise.worker.sensor;

import io.reprise.catalog.pipeline.AwaitedRecord;
import io.reprise.catalog.pipeline.FoundRecord;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.catalog.shared.RecordDecoder.Decoding;
import io.reprise.catalog.shared.RecordKey;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record as those see it who wait for one: its value is read once for all of them, and only where somebody asks. */
final class ReadValue {

    private static final Logger LOG = LoggerFactory.getLogger(ReadValue.class);
    private static final String SCHEMA_HEADER = "__value_schema_id";
    private static final Json NONE = new Json.Nothing();

    private final String topicId;
    private final ConsumerRecord<byte[], byte[]> record;
    private final RecordDecoder avro;
    private @Nullable Decoding asJson;
    private @Nullable Decoding asAvro;

    ReadValue(String topicId, ConsumerRecord<byte[], byte[]> record, RecordDecoder avro) {
        this.topicId = topicId;
        this.record = record;
        this.avro = avro;
    }

    /** What a record is to somebody who waits. */
    sealed interface Verdict {

        record Found(FoundRecord record) implements Verdict {}

        /** Another one than is waited for. */
        record Other() implements Verdict {}

        /** It will never be read. */
        record Unreadable(String words) implements Verdict {}

        /** It cannot be read now: nobody knows its schema, or nobody could say. */
        record NotYet(boolean away, String words) implements Verdict {}
    }

    long offset() {
        return record.offset();
    }

    /** Whatever one record does to who looks at it, those behind it are looked at. */
    Verdict heldAgainst(AwaitedRecord wanted) {
        try {
            return judged(wanted);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            LOG.debug("Record {} of {}-{} is passed", record.offset(), record.topic(), record.partition(), unforeseen);
            return new Verdict.Unreadable(
                    "found " + unforeseen + " (expected: a record that can be held against the conditions)");
        }
    }

    private Verdict judged(AwaitedRecord wanted) {
        if (!wanted.mayHaveKey(RecordKey.text(record.key()))) {
            return new Verdict.Other();
        }
        if (!wanted.readsValue()) {
            return found(wanted, NONE);
        }
        if (record.value() == null) {
            return heldAgainst(wanted, NONE);
        }
        return switch (decoded(wanted.contract().isPresent())) {
            case Decoding.Read(Json value) -> heldAgainst(wanted, value);
            case Decoding.Bad(String found, String expected) ->
                new Verdict.Unreadable("found " + found + " (expected: " + expected + ")");
            case Decoding.Unknown(String words) -> new Verdict.NotYet(false, words);
            case Decoding.Away(String words) -> new Verdict.NotYet(true, words);
        };
    }

    private Verdict heldAgainst(AwaitedRecord wanted, Json value) {
        return wanted.isMetBy(value) ? found(wanted, value) : new Verdict.Other();
    }

    private Verdict found(AwaitedRecord wanted, Json value) {
        return new Verdict.Found(wanted.take(topicId, record.partition(), record.offset(), value));
    }

    private Decoding decoded(boolean isAvro) {
        Decoding known = isAvro ? asAvro : asJson;
        if (known != null) {
            return known;
        }
        RecordDecoder decoder = isAvro ? avro : RecordDecoder::json;
        Decoding read = decoder.decode(record.value(), schema());
        if (isAvro) {
            asAvro = read;
        } else {
            asJson = read;
        }
        return read;
    }

    private byte @Nullable [] schema() {
        return Optional.ofNullable(record.headers().lastHeader(SCHEMA_HEADER))
                .map(Header::value)
                .orElse(null);
    }
}
