/**
 * Loads a whole Reprise with orders while processes are killed, connections cut and servers restarted, and then counts: what
 * was promised to a caller, what the databases hold and what the event log says must be one story.
 */
@NullMarked
package io.reprise.bench.chaos;

import org.jspecify.annotations.NullMarked;
