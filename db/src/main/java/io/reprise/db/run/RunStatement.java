package io.reprise.db.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A statement that a step, or its undo, ran in a database.
 *
 * @param position among the statements of that attempt, from 1
 * @param parameters JSON object: what was bound, secrets masked
 * @param rows changed or read, where the database tells
 * @param plan how the database ran it, where the step asked
 * @param error what the database said, where it refused
 */
public record RunStatement(
        String runId,
        Instant loggedAt,
        String stepId,
        boolean undo,
        int attempt,
        int position,
        String statement,
        String parameters,
        OptionalLong rows,
        Duration took,
        Optional<String> plan,
        Optional<String> error) {}
