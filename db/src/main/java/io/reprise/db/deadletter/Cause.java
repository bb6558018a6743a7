package io.reprise.db.deadletter;

/**
 * Why a record could not become a run.
 *
 * @param code a stable word: {@code malformed}, {@code invalid}, {@code conflict}, …
 * @param errors JSON: {@code [{"pointer", "found", "expected"}]}
 * @param fingerprint equal for records that fail alike, so that they can be listed as one
 */
public record Cause(String code, String message, String errors, String fingerprint) {

    public static final String CONFLICT = "conflict";
}
