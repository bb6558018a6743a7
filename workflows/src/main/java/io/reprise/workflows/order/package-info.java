/**
 * Places an order: create, reserve stock, debit the account, complete. Until it completes, every step can be undone; an
 * undone order may be retried as its next generation.
 */
package io.reprise.workflows.order;
