package io.reprise.activities.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.shared.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Makes the record again that a dead letter keeps. */
public final class LetterRecords {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LetterRecords() {}

    public static ConsumerRecord<byte[], byte[]> of(SourceRecord kept) {
        byte[] key = kept.key().map(Bytes::toArray).orElse(null);
        byte[] value = kept.value().map(Bytes::toArray).orElse(null);
        return new ConsumerRecord<>(
                kept.topic(),
                kept.partition(),
                kept.offset(),
                kept.timestamp().toEpochMilli(),
                TimestampType.CREATE_TIME,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                headers(kept.headers()),
                Optional.empty());
    }

    private static RecordHeaders headers(String json) {
        RecordHeaders headers = new RecordHeaders();
        try {
            for (JsonNode header : JSON.readTree(json)) {
                JsonNode value = header.path("value");
                headers.add(header.path("key").asText(), value.isNull() ? null : value.binaryValue());
            }
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("cannot read the headers of a dead letter: " + json, broken);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the headers of a dead letter: " + json, broken);
        }
        return headers;
    }
}
