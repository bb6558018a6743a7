/** Streams over HTTP: how far they are, and what operators decide about them. */
@NullMarked
package io.reprise.api.stream;

import org.jspecify.annotations.NullMarked;
