/**
 * Writes what runs and their steps came to into the ledger: in the step's own transaction where it can be, else soon after.
 * Every write may be repeated or lost; the fences beside the data restore it.
 */
package io.reprise.activities.run;
