/** The ledger: our own PostgreSQL, which remembers what was accepted and what users ask about later. */
package io.reprise.db;
