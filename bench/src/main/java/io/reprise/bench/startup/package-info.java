/** How long a person waits for the command and for everything it starts, and how much memory that takes. */
@NullMarked
package io.reprise.bench.startup;

import org.jspecify.annotations.NullMarked;
