package io.reprise.api.run;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.db.run.RetryWish;
import io.reprise.db.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The verbs of an operator on one run. */
@Tag(name = "runs")
@Controller("/api/v1/runs/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RunVerbsController {

    private static final String UNSAID = "asked for over HTTP";
    private static final String CURRENT = "current";

    private final ShownRuns shown;
    private final RunVerbs verbs;
    private final Renewals renewals;
    private final Decisions decisions;

    RunVerbsController(ShownRuns shown, RunVerbs verbs, Renewals renewals, Decisions decisions) {
        this.shown = shown;
        this.verbs = verbs;
        this.renewals = renewals;
        this.decisions = decisions;
    }

    @Post("/cancel")
    @Operation(
            summary =
                    "Cancels a run and undoes what it did; 409 too-late once its pivot has happened; 503 not-started, and the"
                            + " wish noted, while its start is under way")
    HttpResponse<RunView> cancel(String id, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.text("reason").orElse(UNSAID);
        fields.check();
        Run run = shown.find(id);

        boolean heard = verbs.cancel(run, reason);

        decisions.write(Actor.of(actor), "run.cancel", run.ref().workflowId().value(), Map.of("reason", reason));
        if (!heard) {
            throw verbs.onlyNoted(run);
        }
        return HttpResponse.accepted().body(shown.show(verbs.again(run.ref())));
    }

    @Post("/retry")
    @Operation(
            summary =
                    "Runs a failed run again, as its next generation; one that is held goes on from a step: {\"from\": \"load\"}")
    HttpResponse<RunView> retry(String id, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "acceptPartial", "from", "definition");
        boolean acceptPartial = fields.flag("acceptPartial");
        Optional<String> from = fields.text("from");
        Optional<String> definition = fields.text("definition");
        definition
                .filter(it -> !it.equals(CURRENT))
                .ifPresent(
                        it -> fields.wrong("/definition", it, CURRENT + ", or nothing: the one it was started with"));
        fields.check();
        Run run = shown.find(id);
        RetryWish wish = new RetryWish(acceptPartial, from, definition.map(_ -> renewals.of(run)));

        Run next = verbs.retry(run, wish);

        decisions.write(Actor.of(actor), "run.retry", run.ref().workflowId().value(), decided(wish, next));
        return HttpResponse.<RunView>accepted(
                        URI.create("/api/v1/runs/" + next.ref().runId()))
                .body(shown.show(next));
    }

    private static Map<String, String> decided(RetryWish wish, Run next) {
        Map<String, String> decided =
                new TreeMap<>(Map.of("next", next.ref().workflowId().value()));
        wish.from().ifPresent(step -> decided.put("from", step));
        wish.renewal().ifPresent(other -> decided.put("definition", other.definition()));
        return decided;
    }

    @Post("/undo")
    @Operation(summary = "Undoes a run that was terminated in Temporal, from its fences")
    HttpResponse<RunView> undo(String id, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields.ofBody(body).check();
        Run run = shown.find(id);

        verbs.undo(run);

        decisions.write(Actor.of(actor), "run.undo", run.ref().workflowId().value(), Map.of());
        return HttpResponse.accepted().body(shown.show(verbs.again(run.ref())));
    }
}
