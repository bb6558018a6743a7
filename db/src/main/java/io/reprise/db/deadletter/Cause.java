package io.reprise.db.deadletter;

import io.reprise.db.shared.Storable;

/**
 * Why a record could not become a run. It quotes what came from outside, and is made so that the ledger can always keep it:
 * a dead letter that cannot be written would stop its partition for ever.
 *
 * @param code a stable word: {@code malformed}, {@code invalid}, {@code conflict}, …
 * @param errors JSON: {@code [{"pointer", "found", "expected"}]}
 * @param fingerprint equal for records that fail alike, so that they can be listed as one; cut to what an index can hold
 */
public record Cause(String code, String message, String errors, String fingerprint) {

    public static final String CONFLICT = "conflict";

    private static final int LONGEST_FINGERPRINT = 500;

    public Cause {
        message = Storable.text(message);
        fingerprint = Storable.text(fingerprint, LONGEST_FINGERPRINT);
    }
}
