package io.reprise.catalog.shared;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of records, as people write them. */
public final class RecordKey {

    private RecordKey() {}

    /** As text, or in base64 where it is none. */
    public static Optional<String> text(byte @Nullable [] key) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString());
        } catch (CharacterCodingException noText) {
            return Optional.of(Base64.getEncoder().encodeToString(key));
        }
    }
}
