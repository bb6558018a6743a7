/** Backfills on the command line: looked at before they are started, and steered while they run. */
package io.reprise.cli.backfill;
