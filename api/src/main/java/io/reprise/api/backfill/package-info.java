/** Backfills over HTTP: planned slot by slot before anything is started, and steered while they run. */
package io.reprise.api.backfill;
