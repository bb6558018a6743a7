package io.reprise.db.deadletter;

import java.time.Instant;

/**
 * Open dead letters that fail alike.
 *
 * @param attempts of all of them
 * @param message of one of them
 */
public record DeadLetterGroup(
        String trigger,
        String code,
        String fingerprint,
        int count,
        long attempts,
        Instant oldest,
        Instant newest,
        String message) {}
