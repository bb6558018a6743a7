/**
 * Turns records of a topic into accepted runs: each exactly once, in order, and its offset committed only after the ledger
 * has it. What can never become a run is kept as a dead letter; a ledger that is away makes the trigger wait.
 */
package io.reprise.worker.trigger;
