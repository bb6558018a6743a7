/**
 * Makes a step happen once: its fence row, its data, its events and its fact commit in one transaction of the database
 * that it changes. Repeating a step returns what was stored; undoing one that never ran keeps it from ever running.
 */
package io.reprise.activities.saga;
