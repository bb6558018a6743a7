package io.reprise.db.deadletter;

import io.reprise.db.shared.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A Kafka record as it came.
 *
 * @param topicId Kafka's own id of the topic: a recreated topic is another source, and so is an exchanged log
 * @param headers JSON: {@code [{"key": …, "value": base64}]}
 */
public record SourceRecord(
        String topic,
        String topicId,
        int partition,
        long offset,
        Instant timestamp,
        Optional<Bytes> key,
        Optional<Bytes> value,
        String headers) {

    private static final int ABSENT = -1;

    /** What tells this record from another one at its offset: time, key and value. */
    public String digest() {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES)
                .putLong(timestamp.toEpochMilli())
                .flip());
        for (Optional<Bytes> part : List.of(key, value)) {
            byte[] bytes = part.map(Bytes::toArray).orElseGet(() -> new byte[0]);
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(part.isPresent() ? bytes.length : ABSENT)
                    .flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
