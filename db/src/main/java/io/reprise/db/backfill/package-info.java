/** Remembers backfills: which slots each one was to run and why, and how far it got. Its runs are the ledger's own. */
package io.reprise.db.backfill;
