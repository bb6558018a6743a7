/** Drives backfills, and sees to it that none stands still because somebody was lost between the ledger and Temporal. */
package io.reprise.worker.backfill;
