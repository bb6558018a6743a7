/**
 * Keeps the schedules of the applied catalog going: Temporal fires them, and what it does not fire is caught up from the
 * ledger. Any number of workers does so at once; each slot has one run.
 */
package io.reprise.worker.schedule;
