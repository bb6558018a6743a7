/**
 * Speaks SQL to databases that steps change: several statements in one round trip, and the one place that says which
 * failures are worth another attempt. Nothing here commits; whoever owns the transaction does.
 */
package io.reprise.activities.sql;
