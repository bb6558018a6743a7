package io.reprise.api.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.deadletter.DeadLetter;
import io.reprise.db.deadletter.ListedLetter;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.shared.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
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

    /**
     * Bytes as they came.
     *
     * @param base64 all of them; absent in a list
     * @param text where they are UTF-8; in a list, what they begin with
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Content(int size, Optional<String> base64, Optional<String> text) {

        static Content whole(Bytes bytes) {
            byte[] raw = bytes.toArray();
            return new Content(raw.length, Optional.of(Base64.getEncoder().encodeToString(raw)), text(raw, true));
        }

        static Content beginning(Bytes bytes, int size) {
            byte[] raw = bytes.toArray();
            return new Content(size, Optional.empty(), text(raw, raw.length == size));
        }

        /** Bytes that go on may stop within a character. */
        private static Optional<String> text(byte[] raw, boolean complete) {
            CharBuffer text = CharBuffer.allocate(raw.length);
            CoderResult read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw), text, complete);
            return read.isError() ? Optional.empty() : Optional.of(text.flip().toString());
        }
    }

    /** With the whole record. */
    static DeadLetterView whole(DeadLetter letter) {
        return of(
                letter,
                letter.record().key().map(Content::whole),
                letter.record().value().map(Content::whole));
    }

    /** With what the record begins with. */
    static DeadLetterView listed(ListedLetter listed) {
        SourceRecord record = listed.letter().record();
        return of(
                listed.letter(),
                record.key().map(it -> Content.beginning(it, listed.keySize().orElseThrow())),
                record.value()
                        .map(it -> Content.beginning(it, listed.valueSize().orElseThrow())));
    }

    private static DeadLetterView of(DeadLetter letter, Optional<Content> key, Optional<Content> value) {
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
                key,
                value,
                letter.record().headers(),
                letter.attempts(),
                letter.reason(),
                letter.runId(),
                letter.createdAt(),
                letter.resolvedAt(),
                letter.resolvedBy());
    }
}
