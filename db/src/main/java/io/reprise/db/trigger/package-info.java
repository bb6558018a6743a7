/**
 * Takes batches of Kafka records into the ledger: every record becomes a run or a dead letter in the transaction that moves
 * the trigger's position. A redelivered batch changes nothing.
 */
package io.reprise.db.trigger;
