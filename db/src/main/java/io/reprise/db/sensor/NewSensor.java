package io.reprise.db.sensor;

import io.reprise.db.run.RunRef;
import java.time.Instant;

/**
 * A step that begins to wait.
 *
 * @param wanted JSON: which record answers it
 * @param since from when on records count
 * @param endsAt when it has surely given up, should nobody say so
 */
public record NewSensor(RunRef run, String stepId, String topic, String wanted, Instant since, Instant endsAt) {

    public SensorId id() {
        return new SensorId(run.runId(), stepId);
    }
}
