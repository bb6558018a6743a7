/**
 * Opens connections to the databases that steps change. A pool waits for a database that is away; it never gives up on one
 * that comes back.
 */
package io.reprise.activities.connection;
