package io.reprise.db.run;

/**
 * One disagreement.
 *
 * @param kind a stable word, such as {@code run-not-in-ledger}
 * @param subject the workflow id, step key or order id that it is about
 */
public record AuditFinding(String kind, String subject, String found, String expected) {}
