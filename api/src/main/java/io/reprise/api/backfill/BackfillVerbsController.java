package io.reprise.api.backfill;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.db.backfill.Backfill;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steers backfills. */
@Tag(name = "backfills")
@Controller("/api/v1/backfills/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BackfillVerbsController {

    private final BackfillVerbs verbs;
    private final ShownBackfills shown;
    private final Decisions decisions;

    BackfillVerbsController(BackfillVerbs verbs, ShownBackfills shown, Decisions decisions) {
        this.verbs = verbs;
        this.shown = shown;
        this.decisions = decisions;
    }

    @Post("/pause")
    @Operation(summary = "Starts no other slot until resumed; runs that are open go on")
    BackfillView pause(String id, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        String reason = reason(body);
        return decided(actor, "backfill.pause", reason, verbs.pause(shown.find(id), reason));
    }

    @Post("/resume")
    @Operation(summary = "Goes on where it was paused")
    BackfillView resume(String id, @Header(Actor.HEADER) @Nullable String actor) {
        return decided(actor, "backfill.resume", "", verbs.resume(shown.find(id)));
    }

    @Post("/cancel")
    @Operation(summary = "Starts no other slot, for good; runs that are open go on to their end")
    BackfillView cancel(String id, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        String reason = reason(body);
        return decided(actor, "backfill.cancel", reason, verbs.cancel(shown.find(id), reason));
    }

    @Post("/retry")
    @Operation(summary = "Runs the slots that failed once more")
    BackfillView retry(String id, @Header(Actor.HEADER) @Nullable String actor) {
        return decided(actor, "backfill.retry", "", verbs.retry(shown.find(id)));
    }

    private static String reason(@Nullable String body) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();
        return reason;
    }

    private BackfillView decided(@Nullable String actor, String verb, String reason, Backfill backfill) {
        decisions.write(Actor.of(actor), verb, backfill.backfillId(), Map.of("reason", reason));
        return shown.show(backfill);
    }
}
