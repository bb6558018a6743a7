package io.reprise.db.sensor;

/** A step of a run that waits. */
public record SensorId(String runId, String stepId) {}
