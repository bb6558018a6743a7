package io.reprise.api.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.catalog.contract.ContractDrift;
import io.reprise.db.pipeline.CatalogPlan;
import io.reprise.db.shared.Effect;
import java.util.List;
import java.util.Optional;

/**
 * What applying a catalog would change, or did. What stays as it is, is left out.
 *
 * @param revision of the catalog: applying it under this revision does exactly that
 * @param unchanged how many definitions stay as they are
 * @param drift where the registry has another schema than a contract: it is left as it is
 * @param olderRuns runs that are under way with definitions that are not, or no longer, current: they end with those
 */
public record CatalogPlanView(
        long revision,
        boolean changes,
        List<Definition> definitions,
        List<Schedule> schedules,
        long unchanged,
        List<OlderRuns> olderRuns,
        List<String> drift) {

    /**
     * What becomes of one definition.
     *
     * @param before hash of what was current
     * @param after hash of what is
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Definition(
            String kind, String name, Effect effect, Optional<String> before, Optional<String> after) {}

    /** What becomes of one schedule. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Schedule(String pipeline, Effect effect, Optional<String> before, Optional<String> after) {}

    public record OlderRuns(String name, String hash, int runs) {}

    public CatalogPlanView {
        definitions = List.copyOf(definitions);
        schedules = List.copyOf(schedules);
        olderRuns = List.copyOf(olderRuns);
        drift = List.copyOf(drift);
    }

    CatalogPlanView with(List<ContractDrift> drifts) {
        return new CatalogPlanView(
                revision,
                changes,
                definitions,
                schedules,
                unchanged,
                olderRuns,
                drifts.stream().map(ContractDrift::toString).toList());
    }

    static CatalogPlanView of(CatalogPlan plan, long revision) {
        return new CatalogPlanView(
                revision,
                !plan.changesNothing(),
                plan.definitions().stream()
                        .filter(it -> it.effect() != Effect.UNCHANGED)
                        .map(it -> new Definition(it.kind(), it.name(), it.effect(), it.before(), it.after()))
                        .toList(),
                plan.schedules().stream()
                        .filter(it -> it.effect() != Effect.UNCHANGED)
                        .map(it -> new Schedule(
                                it.pipeline(),
                                it.effect(),
                                it.before().map(terms -> terms.cron() + " " + terms.zone()),
                                it.after().map(terms -> terms.cron() + " " + terms.zone())))
                        .toList(),
                plan.definitions().stream()
                        .filter(it -> it.effect() == Effect.UNCHANGED)
                        .count(),
                plan.olderRuns().stream()
                        .map(it -> new OlderRuns(it.name(), it.hash(), it.runs()))
                        .toList(),
                List.of());
    }
}
