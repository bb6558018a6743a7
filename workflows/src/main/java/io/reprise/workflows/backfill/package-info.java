/**
 * Runs a pipeline for many slots, a few at a time. The ledger knows which slots and how far each got, so a backfill may be
 * driven twice, paused, or lost and driven on: each slot is the same run.
 */
package io.reprise.workflows.backfill;
