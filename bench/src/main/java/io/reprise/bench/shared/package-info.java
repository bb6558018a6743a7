/** How a benchmark loads, counts and tells: figures with goals, latencies without coordinated omission, the machine. */
@NullMarked
package io.reprise.bench.shared;

import org.jspecify.annotations.NullMarked;
