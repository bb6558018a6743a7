/**
 * Moves backfills on: settles the runs that ended and has the next slots accepted, as many at once as was asked for. All of it
 * is decided from the ledger, so that a turn may be taken twice, or be lost in the middle.
 */
package io.reprise.activities.backfill;
