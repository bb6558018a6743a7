package io.reprise.db.sensor;

import java.time.Instant;
import java.util.Optional;

/**
 * A step that waits, as people see it.
 *
 * @param wanted JSON: which record answers it
 * @param note what keeps it from being answered, or was missed, if anything
 * @param unreadable how many records could not be read, and were passed
 */
public record ShownSensor(String stepId, String wanted, Instant since, Optional<String> note, long unreadable) {}
