package io.reprise.api.run;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.run.IdempotencyKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Idempotency-Key of a request. */
final class RequestKey {

    private RequestKey() {}

    static Optional<IdempotencyKey> of(@Nullable String header) {
        if (header != null && !IdempotencyKey.isKey(header)) {
            throw Refused.because(
                    ProblemType.INVALID,
                    "the Idempotency-Key cannot be used",
                    List.of(new FieldError("Idempotency-Key", header.length() + " characters", IdempotencyKey.FORM)));
        }
        return Optional.ofNullable(header).map(IdempotencyKey::new);
    }
}
