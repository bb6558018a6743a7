/**
 * Remembers when pipelines run by themselves, how far their clocks were followed, and what each slot was made from. A slot's
 * runs are the ledger's own.
 */
package io.reprise.db.schedule;
