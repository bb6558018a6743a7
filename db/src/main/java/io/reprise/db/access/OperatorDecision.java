package io.reprise.db.access;

import java.time.Instant;

/**
 * What somebody decided.
 *
 * @param verb such as {@code run.cancel}
 * @param target what it was about: a run id, a trigger, a dead letter
 * @param details JSON
 */
public record OperatorDecision(long seq, Instant at, String actor, String verb, String target, String details) {}
