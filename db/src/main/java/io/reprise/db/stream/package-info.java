/** The streams that load topics into tables: whether they may, what they say of themselves, and what operators decided. */
@NullMarked
package io.reprise.db.stream;

import org.jspecify.annotations.NullMarked;
