/**
 * Loads topics into tables. The place in the log lies with the table and moves with its rows by compare-and-set: whoever lost a
 * partition without knowing comes too late. What cannot be loaded is kept as a dead letter, and what cannot be told stops the
 * stream until somebody decides.
 */
@NullMarked
package io.reprise.worker.stream;

import org.jspecify.annotations.NullMarked;
