/** Remembers what is known of connections: what probes found, and who holds which of the places that a cluster shares. */
package io.reprise.db.connection;
