/**
 * Loads records of a topic into tables: bytes, typed columns, counts and the place in the log in one transaction, so that
 * nothing is there twice and nothing is missing. What cannot be loaded is kept as a dead letter first.
 */
@NullMarked
package io.reprise.activities.stream;

import org.jspecify.annotations.NullMarked;
