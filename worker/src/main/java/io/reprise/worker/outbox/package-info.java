/**
 * Sends to Kafka what the steps left in the outbox beside their data: every row, in version order for each key, and deleted
 * only after the broker acknowledged it. A row sent twice after a crash carries the same event id.
 */
package io.reprise.worker.outbox;
