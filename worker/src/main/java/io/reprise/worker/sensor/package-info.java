/**
 * Finds the records for which steps of runs wait, and wakes the runs. A topic is read only while somebody waits for a record of
 * it, and by one worker for all who do; a wait takes no thread. What is found is in the ledger before anybody is told.
 */
package io.reprise.worker.sensor;
