package io.reprise.db.schedule;

import io.reprise.db.shared.Effect;
import java.util.Optional;

/** What becomes of one schedule when a catalog is applied. */
public record ScheduleChange(
        String pipeline, Effect effect, Optional<ScheduleTerms> before, Optional<ScheduleTerms> after) {}
