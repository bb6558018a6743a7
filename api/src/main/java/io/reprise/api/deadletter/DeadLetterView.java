package io.reprise.api.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.shared.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A record that could not become a run.
 *
 * @param errors what was wrong where
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeadLetterView(
        String id,
        String trigger,
        DeadLetter.Status status,
        String code,
        String message,
        @JsonRawValue String errors,
        String fingerprint,
        Source source,
        Optional<Content> key,
        Optional<Content> value,
        @JsonRawValue String headers,
        int attempts,
        Optional<String> reason,
        Optional<String> runId,
        Instant createdAt,
        Optional<Instant> resolvedAt,
        Optional<String> resolvedBy) {

    /** Where it stood in Kafka. */
    public record Source(String topic, String topicId, int partition, long offset, Instant timestamp) {}

    /** Bytes as they came; as text too, where they are UTF-8. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Content(int size, String base64, Optional<String> text) {

        static Content of(Bytes bytes) {
            byte[] raw = bytes.toArray();
            return new Content(raw.length, Base64.getEncoder().encodeToString(raw), text(raw));
        }

        private static Optional<String> text(byte[] raw) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(raw))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.deadLetterId(),
                letter.trigger(),
                letter.status(),
                letter.cause().code(),
                letter.cause().message(),
                letter.cause().errors(),
                letter.cause().fingerprint(),
                new Source(
                        letter.record().topic(),
                        letter.record().topicId(),
                        letter.record().partition(),
                        letter.record().offset(),
                        letter.record().timestamp()),
                letter.record().key().map(Content::of),
                letter.record().value().map(Content::of),
                letter.record().headers(),
                letter.attempts(),
                letter.reason(),
                letter.runId(),
                letter.createdAt(),
                letter.resolvedAt(),
                letter.resolvedBy());
    }
}
