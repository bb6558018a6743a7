package io.reprise.db.pipeline;

import java.time.Instant;

/**
 * A definition as the ledger keeps it for ever, or as long as a run of it is kept.
 *
 * @param createdAt when it was first applied
 */
public record Definition(String hash, String kind, String name, String text, Instant createdAt) {}
