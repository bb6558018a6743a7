package io.reprise.db.sensor;

/** One partition of a topic: one that was deleted and created again has another id. */
public record SensorPlace(String topicId, int partition) {}
