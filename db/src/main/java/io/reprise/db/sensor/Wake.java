package io.reprise.db.sensor;

import io.reprise.workflows.run.WorkflowId;

/** A run that is to be woken, because a step of it was answered. */
public record Wake(SensorId id, WorkflowId workflowId) {}
