package io.reprise.db.sensor;

import io.reprise.workflows.run.WorkflowId;
import java.time.Instant;
import java.util.Map;

/**
 * A step that waits, as it is looked for.
 *
 * @param wanted JSON: which record answers it
 * @param since from when on records count
 * @param places from where on partitions were not looked at, as far as that was kept
 */
public record OpenSensor(
        SensorId id, WorkflowId workflowId, String wanted, Instant since, Map<SensorPlace, Long> places) {

    public OpenSensor {
        places = Map.copyOf(places);
    }
}
