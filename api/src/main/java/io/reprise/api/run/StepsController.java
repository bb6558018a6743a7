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
import io.reprise.db.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verbs of an operator on steps that wait for one: of one run, or of every run that a filter finds. */
@Tag(name = "steps")
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StepsController {

    private static final String KEY = "Idempotency-Key";

    private final ShownRuns shown;
    private final StepVerbs verbs;
    private final StuckSteps stuck;
    private final Decisions decisions;

    StepsController(ShownRuns shown, StepVerbs verbs, StuckSteps stuck, Decisions decisions) {
        this.shown = shown;
        this.verbs = verbs;
        this.stuck = stuck;
        this.decisions = decisions;
    }

    @Post("/runs/{id}/steps/{step}/retry")
    @Operation(summary = "Replaces the waiting attempt of a step or its undo by a new one now")
    HttpResponse<RunView> retry(
            String id,
            String step,
            @Body @Nullable String body,
            @Header(KEY) @Nullable String key,
            @Header(Actor.HEADER) @Nullable String actor) {
        Fields.ofBody(body).check();
        Run run = shown.find(id);

        verbs.ask(new StepVerb.Retry(), run, step, key);

        decisions.write(
                Actor.of(actor), "step.retry", run.ref().workflowId().step(step).value(), Map.of());
        return HttpResponse.accepted().body(shown.show(shown.find(run.ref().runId())));
    }

    @Post("/runs/{id}/steps/{step}/skip")
    @Operation(summary = "Gives up a stuck step or undo, for a reason that stays in the outcome")
    HttpResponse<RunView> skip(
            String id,
            String step,
            @Body @Nullable String body,
            @Header(KEY) @Nullable String key,
            @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();
        Run run = shown.find(id);

        verbs.ask(new StepVerb.Skip(reason), run, step, key);

        decisions.write(
                Actor.of(actor), "step.skip", run.ref().workflowId().step(step).value(), Map.of("reason", reason));
        return HttpResponse.accepted().body(shown.show(shown.find(run.ref().runId())));
    }

    @Post("/steps/retry")
    @Operation(summary = "Retries every stuck step that the filter finds; dryRun only tells which")
    HttpResponse<StepVerdicts> retryMany(
            @Body @Nullable String body,
            @Header(KEY) @Nullable String key,
            @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "feature", "name", "step", "dryRun");
        StuckSteps.Filter filter = StuckSteps.Filter.of(fields);
        boolean dryRun = fields.flag("dryRun");
        fields.check();

        return many(new StepVerb.Retry(), filter, dryRun, key, Actor.of(actor));
    }

    @Post("/steps/skip")
    @Operation(summary = "Skips every stuck step that the filter finds; dryRun only tells which")
    HttpResponse<StepVerdicts> skipMany(
            @Body @Nullable String body,
            @Header(KEY) @Nullable String key,
            @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "feature", "name", "step", "dryRun", "reason");
        StuckSteps.Filter filter = StuckSteps.Filter.of(fields);
        boolean dryRun = fields.flag("dryRun");
        String reason = fields.required("reason");
        fields.check();

        return many(new StepVerb.Skip(reason), filter, dryRun, key, Actor.of(actor));
    }

    private HttpResponse<StepVerdicts> many(
            StepVerb verb, StuckSteps.Filter filter, boolean dryRun, @Nullable String key, Actor actor) {
        if (dryRun) {
            return HttpResponse.ok(StepVerdicts.planned(stuck.find(filter)));
        }
        StepVerdicts verdicts = verbs.askMany(
                verb,
                stuck.find(filter),
                key,
                it -> decisions.write(
                        actor,
                        "step." + verb.word(),
                        it.run().ref().workflowId().step(it.stepId()).value(),
                        verb.details()));
        return HttpResponse.accepted().body(verdicts);
    }
}
