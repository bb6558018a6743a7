/** Pipelines against the bare SQL that they run. */
@NullMarked
package io.reprise.bench.pipeline;

import org.jspecify.annotations.NullMarked;
