/**
 * Runs any saga through everything that may go wrong, and checks what is left. Nothing outlives a test: servers, workers and
 * worlds are closed with their stage.
 */
package io.reprise.workflows.saga.testing;
