/** The streams that people write: which topic is loaded into which tables, and by which rules. */
@NullMarked
package io.reprise.catalog.stream;

import org.jspecify.annotations.NullMarked;
