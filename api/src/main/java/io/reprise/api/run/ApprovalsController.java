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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A person's word on a step that waits for it. The first one counts. */
@Tag(name = "steps")
@Controller("/api/v1/runs/{id}/steps/{step}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApprovalsController {

    private static final String KEY = "Idempotency-Key";

    private final ShownRuns shown;
    private final StepVerbs verbs;
    private final Decisions decisions;

    ApprovalsController(ShownRuns shown, StepVerbs verbs, Decisions decisions) {
        this.shown = shown;
        this.verbs = verbs;
        this.decisions = decisions;
    }

    @Post("/approve")
    @Operation(summary = "Lets a step that waits for a person go on")
    HttpResponse<RunView> approve(
            String id,
            String step,
            @Body @Nullable String body,
            @Header(KEY) @Nullable String key,
            @Header(Actor.HEADER) @Nullable String claimed) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.text("reason").orElse("");
        fields.check();
        return decide(actor -> new StepVerb.Approve(actor.name(), reason), id, step, key, Actor.of(claimed));
    }

    @Post("/reject")
    @Operation(summary = "Fails a step that waits for a person, for a reason that stays in the outcome")
    HttpResponse<RunView> reject(
            String id,
            String step,
            @Body @Nullable String body,
            @Header(KEY) @Nullable String key,
            @Header(Actor.HEADER) @Nullable String claimed) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();
        return decide(actor -> new StepVerb.Reject(actor.name(), reason), id, step, key, Actor.of(claimed));
    }

    private HttpResponse<RunView> decide(
            Function<Actor, StepVerb> verb, String id, String step, @Nullable String key, Actor actor) {
        StepVerb decision = verb.apply(actor);
        Run run = shown.find(id);
        verbs.ask(decision, run, step, key);
        decisions.write(
                actor,
                "step." + decision.word(),
                run.ref().workflowId().step(step).value(),
                decision.details());
        return HttpResponse.accepted().body(shown.show(shown.find(run.ref().runId())));
    }
}
