package io.reprise.api.pipeline;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.RunFilter;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Tag(name = "pipelines")
@Controller("/api/v1/pipelines")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PipelinesController {

    private final CurrentPipelines pipelines;
    private final Runs runs;
    private final StepTrials trials;
    private final Decisions decisions;

    PipelinesController(CurrentPipelines pipelines, Runs runs, StepTrials trials, Decisions decisions) {
        this.pipelines = pipelines;
        this.runs = runs;
        this.trials = trials;
        this.decisions = decisions;
    }

    @Get
    @Operation(summary = "Lists the pipelines of the applied catalog, by name")
    Listing<PipelineView> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        NamedPageRequest page = query.namedPage(cursor, limit);
        query.check();

        return Listing.ofNames(pipelines.page(page), this::shown);
    }

    @Get("/{name}")
    @Operation(summary = "Shows a pipeline: its slots, parameters, steps, and the run that was accepted last")
    PipelineView show(String name) {
        return shown(pipelines.required(name));
    }

    @Post("/{name}/steps/{step}/try")
    @Operation(
            summary =
                    "Runs one step and rolls it back: {\"slot\", \"parameters\", \"outputs\": {\"capture.rows\": 3}, \"explain\"}")
    TrialView attempt(
            String name, String step, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String claimed) {
        Actor actor = Actor.of(claimed);
        Fields fields = Fields.ofBody(body, TrialWish.MEMBERS.toArray(String[]::new));
        TrialWish wish = TrialWish.read(fields);
        fields.check();

        TrialView view = TrialView.of(name, step, trials.attempt(name, step, wish, actor.name()));

        decisions.write(
                actor, "step.try", name + "/" + step, Map.of("slot", wish.slot().orElse("")));
        return view;
    }

    private PipelineView shown(CurrentPipeline pipeline) {
        RunFilter own = RunFilter.ALL.feature(PipelineRuns.PIPELINE).name(pipeline.name());
        return PipelineView.of(
                pipeline, runs.page(own, PageRequest.first(1)).items().stream().findFirst());
    }
}
