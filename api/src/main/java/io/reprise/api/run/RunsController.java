package io.reprise.api.run;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.db.run.RunFilter;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and shows runs. */
@Tag(name = "runs")
@Controller("/api/v1/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RunsController {

    private final Runs runs;
    private final ShownRuns shown;

    RunsController(Runs runs, ShownRuns shown) {
        this.runs = runs;
        this.shown = shown;
    }

    @Get
    @Operation(summary = "Lists runs, the newest first")
    Listing<RunSummary> list(
            @QueryValue @Nullable String feature,
            @QueryValue @Nullable String name,
            @QueryValue @Nullable String slot,
            @QueryValue @Nullable String forward,
            @QueryValue @Nullable String compensation,
            @QueryValue @Nullable String since,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        RunFilter filter = new RunFilter(
                Optional.ofNullable(feature),
                Optional.ofNullable(name),
                Optional.ofNullable(slot),
                query.word("forward", forward, Forward.class),
                query.word("compensation", compensation, Compensation.class),
                query.instant("since", since));
        PageRequest page = query.page(cursor, limit);
        query.check();

        return Listing.of(runs.page(filter, page), RunSummary::of);
    }

    @Get("/{id}")
    @Operation(summary = "Shows a run with its steps; the id is its own or, URL-encoded, its workflow id")
    RunView show(String id) {
        return shown.show(shown.find(id));
    }
}
