/**
 * What the worker's loops have in common: doing rounds until they are stopped, waiting longer after each failure, and being
 * woken early.
 */
package io.reprise.worker.shared;
