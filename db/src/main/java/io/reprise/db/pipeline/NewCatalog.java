package io.reprise.db.pipeline;

import io.reprise.db.schedule.ScheduleTerms;
import java.util.List;

/** All that a catalog says, for one environment: what it does not have is removed when it is applied. */
public record NewCatalog(List<NewDefinition> definitions, List<ScheduleTerms> schedules) {

    public NewCatalog {
        definitions = List.copyOf(definitions);
        schedules = List.copyOf(schedules);
    }
}
