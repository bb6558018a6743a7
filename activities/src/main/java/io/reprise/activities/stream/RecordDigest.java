package io.reprise.activities.stream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What tells a record from another one at its offset: time, key and value. */
public final class RecordDigest {

    private static final int ABSENT = -1;

    private RecordDigest() {}

    public static String of(ConsumerRecord<byte[], byte[]> record) {
        MessageDigest digest = sha256();
        digest.update(
                ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).flip());
        update(digest, record.key());
        update(digest, record.value());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, byte @Nullable [] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? ABSENT : part.length)
                .flip());
        if (part != null) {
            digest.update(part);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
