/**
 * Starts the run of a pipeline when its schedule fires. The ledger decides which slot that is and whether it runs already: a
 * firing that comes twice is the same run.
 */
package io.reprise.workflows.schedule;
