/** How soon a record on the orders' topic becomes a committed step, at a steady rate. */
@NullMarked
package io.reprise.bench.trigger;

import org.jspecify.annotations.NullMarked;
