/**
 * PostgreSQL, Kafka and Temporal started on this machine, for {@code dev} and for tests.
 *
 * <p>Whatever is started here ends with the process that started it; what a killed process left behind is found by its data
 * folder and ended at the next start.
 */
package io.reprise.embedded;
