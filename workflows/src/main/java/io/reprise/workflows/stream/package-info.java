/** What people ask about streams and only a worker that serves their connection can answer. */
@NullMarked
package io.reprise.workflows.stream;

import org.jspecify.annotations.NullMarked;
