package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run in a list.
 *
 * @param state both outcomes as the one word that a person reads
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunSummary(
        String id,
        String workflowId,
        String feature,
        String name,
        Optional<String> slot,
        int generation,
        String state,
        Forward forward,
        Compensation compensation,
        Optional<String> reason,
        List<String> stuckSteps,
        String source,
        Instant acceptedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    static RunSummary of(Run run) {
        return new RunSummary(
                run.ref().runId(),
                run.ref().workflowId().value(),
                run.feature(),
                run.name(),
                run.slot(),
                run.generation(),
                run.word().text(),
                run.forward(),
                run.compensation(),
                run.reason(),
                run.stuckSteps(),
                run.source(),
                run.acceptedAt(),
                run.startedAt(),
                run.endedAt());
    }
}
