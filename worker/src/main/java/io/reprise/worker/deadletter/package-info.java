/** Records of Kafka kept as they came, so that what cannot be read today can be read later. */
@NullMarked
package io.reprise.worker.deadletter;

import org.jspecify.annotations.NullMarked;
