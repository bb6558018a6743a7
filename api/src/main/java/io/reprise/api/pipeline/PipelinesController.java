package io.reprise.api.pipeline;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.RunFilter;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Tag(name = "pipelines")
@Controller("/api/v1/pipelines")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PipelinesController {

    private final CurrentPipelines pipelines;
    private final Runs runs;

    PipelinesController(CurrentPipelines pipelines, Runs runs) {
        this.pipelines = pipelines;
        this.runs = runs;
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

    private PipelineView shown(CurrentPipeline pipeline) {
        RunFilter own = RunFilter.ALL.feature(PipelineRuns.PIPELINE).name(pipeline.name());
        return PipelineView.of(
                pipeline, runs.page(own, PageRequest.first(1)).items().stream().findFirst());
    }
}
