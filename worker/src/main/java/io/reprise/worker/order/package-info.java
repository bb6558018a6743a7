/**
 * Brings orders to the worker: the saga with its steps, and the trigger that places the orders found on a topic. Whatever
 * is started twice is the same run.
 */
package io.reprise.worker.order;
