/** Measures Reprise as a whole and in parts; each figure says whether its goal was met. */
@NullMarked
package io.reprise.bench;

import org.jspecify.annotations.NullMarked;
