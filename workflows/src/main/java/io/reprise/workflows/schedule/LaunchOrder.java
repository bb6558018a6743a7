package io.reprise.workflows.schedule;

/**
 * What a Temporal Schedule hands to the launcher.
 *
 * @param terms of the ledger's schedule that the Temporal Schedule was made from, by which a changed one is known
 */
public record LaunchOrder(String pipeline, String terms) {}
