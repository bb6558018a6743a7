package io.reprise.db.sensor;

import java.time.Instant;
import java.util.Optional;

/**
 * A topic for whose records steps wait.
 *
 * @param reader the worker that reads it, or did
 * @param heldUntil until when it does, unless it says so again
 */
public record ReadTopic(String topic, Optional<String> reader, Optional<Instant> heldUntil) {}
