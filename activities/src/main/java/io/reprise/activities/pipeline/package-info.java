/**
 * Does the steps of pipelines. SQL, checks and publications run on the connections of a catalog, each behind the fence of its
 * database. Waits, commands, other pipelines and hooks happen outside: a command may be attempted more than once, and the ledger
 * is told before it begins, so that its undo knows whether there is anything to undo.
 */
package io.reprise.activities.pipeline;
