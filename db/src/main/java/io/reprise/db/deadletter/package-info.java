/**
 * Keeps records that could not become runs, with their bytes and the cause. Each is replayed or discarded once, by
 * compare-and-set.
 */
package io.reprise.db.deadletter;
