/** The verbs by which people look after streams. */
@NullMarked
package io.reprise.cli.stream;

import org.jspecify.annotations.NullMarked;
