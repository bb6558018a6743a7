package io.reprise.db.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A schema that may be registered.
 *
 * @param text written one way only: equal schemas are equal texts
 */
public record NewSchema(String text) {

    /** SHA-256 of the text in UTF-8, as hex digits. */
    String hash() {
        return HexFormat.of().formatHex(digest());
    }

    /** The same in every registry of this product, for it comes from the text alone. */
    UUID guid() {
        ByteBuffer digest = ByteBuffer.wrap(digest());
        long high = (digest.getLong(0) & 0xffffffffffff0fffL) | 0x8000L;
        long low = (digest.getLong(Long.BYTES) & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("cannot hash a schema: every Java has SHA-256", impossible);
        }
    }
}
