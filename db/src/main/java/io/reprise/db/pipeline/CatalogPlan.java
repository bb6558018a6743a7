package io.reprise.db.pipeline;

import io.reprise.db.schedule.ScheduleChange;
import io.reprise.db.shared.Effect;
import java.util.List;

/**
 * What applying a catalog would change, or did.
 *
 * @param revision of the catalog that it was compared with: applying it under this revision does exactly that
 * @param olderRuns runs that are under way with definitions that are not, or no longer, current
 */
public record CatalogPlan(
        long revision, List<DefinitionChange> definitions, List<ScheduleChange> schedules, List<OlderRuns> olderRuns) {

    public CatalogPlan {
        definitions = List.copyOf(definitions);
        schedules = List.copyOf(schedules);
        olderRuns = List.copyOf(olderRuns);
    }

    public boolean changesNothing() {
        return definitions.stream().allMatch(it -> it.effect() == Effect.UNCHANGED)
                && schedules.stream().allMatch(it -> it.effect() == Effect.UNCHANGED);
    }
}
