package io.reprise.api.pipeline;

import io.reprise.api.run.Renewals;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Renewal;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes runs of pipelines to the definitions of the applied catalog. */
public final class CurrentRenewals implements Renewals {

    private final Runs runs;
    private final CurrentPipelines pipelines;
    private final Clock clock;

    public CurrentRenewals(Runs runs, CurrentPipelines pipelines, Clock clock) {
        this.runs = runs;
        this.pipelines = pipelines;
        this.clock = clock;
    }

    @Override
    public Renewal of(Run run) {
        if (!run.workflowType().equals(PipelineRuns.PIPELINE)) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "asked to retry " + run.ref().workflowId()
                            + " with the current definition, and it is made from none (expected: a run of a pipeline)");
        }
        PipelineInput former = PipelineInput.read(runs.input(run.ref()).orElseThrow());
        CurrentPipeline current = pipelines.required(run.name());
        Plan plan = current.definition().plan();
        requireWanted(former.only(), plan);
        PipelineInput next = PipelineInput.of(
                        current.hash(), plan, former.slot(), parameters(current.definition(), former))
                .only(former.only());
        return new Renewal(next.canonical(), current.hash(), unchanged(former, current.definition(), plan));
    }

    private static void requireWanted(List<String> wanted, Plan plan) {
        List<String> ids = plan.steps().stream().map(PlannedStep::id).toList();
        if (!ids.containsAll(wanted)) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "asked for a run of steps " + wanted + " by the current definition, which has " + ids
                            + " (expected: the definition that it was started with)");
        }
    }

    private Map<String, Object> parameters(PipelineDefinition definition, PipelineInput former) {
        try {
            return PipelineRequest.ofAsking(definition, clock.instant(), former.parameters())
                    .parameters();
        } catch (BadParameters bad) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "the parameters of the run do not fit the current definition: " + bad.getMessage()
                            + " (expected: the definition that it was started with)");
        }
    }

    private Set<String> unchanged(PipelineInput former, PipelineDefinition current, Plan plan) {
        Optional<PipelineDefinition> before =
                pipelines.byHash(former.definition()).map(CurrentPipeline::definition);
        if (before.isEmpty() || !current.tables().containsAll(before.get().tables())) {
            return Set.of();
        }
        return plan.steps().stream()
                .filter(step -> former.plan().steps().contains(step))
                .map(PlannedStep::id)
                .filter(id -> before.get().step(id).equals(current.step(id)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
