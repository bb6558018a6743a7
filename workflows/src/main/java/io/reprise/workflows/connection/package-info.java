/** Prepares connections: their kit is made and probed where their sessions are, by whoever serves their queue. */
package io.reprise.workflows.connection;
