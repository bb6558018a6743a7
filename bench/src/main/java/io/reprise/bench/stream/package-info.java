/** Measures how fast a topic gets into tables, and counts what is there after the loaders were killed again and again. */
@NullMarked
package io.reprise.bench.stream;

import org.jspecify.annotations.NullMarked;
