/**
 * Brings orders to the worker: the saga with its steps, and the topics of orders. Whatever is started twice is the same
 * run.
 */
package io.reprise.worker.order;
