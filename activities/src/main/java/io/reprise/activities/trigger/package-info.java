/** Reads what records of triggers say, where that takes asking somebody. */
package io.reprise.activities.trigger;
