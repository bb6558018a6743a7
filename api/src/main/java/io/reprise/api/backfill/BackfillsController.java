package io.reprise.api.backfill;

import io.micronaut.http.HttpResponse;
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
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillSlots;
import io.reprise.db.backfill.BackfillState;
import io.reprise.db.backfill.Backfills;
import io.reprise.db.backfill.SlotState;
import io.reprise.db.shared.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans, starts, lists and shows backfills. */
@Tag(name = "backfills")
@Controller("/api/v1/backfills")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BackfillsController {

    private final Backfills backfills;
    private final BackfillSlots slots;
    private final BackfillWishes wishes;
    private final BackfillPlanner planner;
    private final BackfillVerbs verbs;
    private final ShownBackfills shown;
    private final Decisions decisions;

    BackfillsController(
            Backfills backfills,
            BackfillSlots slots,
            BackfillWishes wishes,
            BackfillPlanner planner,
            BackfillVerbs verbs,
            ShownBackfills shown,
            Decisions decisions) {
        this.backfills = backfills;
        this.slots = slots;
        this.wishes = wishes;
        this.planner = planner;
        this.verbs = verbs;
        this.shown = shown;
        this.decisions = decisions;
    }

    @Post("/plan")
    @Operation(summary = "Tells what a backfill would do about each slot, and why; starts nothing")
    BackfillPlanView plan(
            @Body @Nullable String body, @QueryValue @Nullable String cursor, @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        PageRequest page = query.page(cursor, limit);
        query.check();

        return BackfillPlanView.of(planner.plan(wishes.read(body)), page);
    }

    @Post
    @Operation(
            summary = "Starts a backfill of the slots from one up to and with another",
            description =
                    "Such as {\"pipeline\":\"daily\",\"from\":\"2026-01-01\",\"to\":\"2026-01-31\",\"policy\":\"failed\"}")
    HttpResponse<BackfillView> start(@Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        BackfillWish wish = wishes.read(body);

        Backfill taken = verbs.start(planner.plan(wish), Actor.of(actor));

        decisions.write(
                Actor.of(actor),
                "backfill.start",
                taken.backfillId(),
                Map.of("pipeline", taken.pipeline(), "slots", wish.words()));
        return HttpResponse.<BackfillView>accepted(URI.create("/api/v1/backfills/" + taken.backfillId()))
                .body(shown.show(taken));
    }

    @Get
    @Operation(summary = "Lists backfills, the newest first")
    Listing<BackfillView> list(
            @QueryValue @Nullable String pipeline,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        Optional<BackfillState> wanted = query.word("state", state, BackfillState.class);
        PageRequest page = query.page(cursor, limit);
        query.check();

        return Listing.of(backfills.page(Optional.ofNullable(pipeline), wanted, page), shown::show);
    }

    @Get("/{id}")
    @Operation(summary = "Shows a backfill: how far it got, how long the rest may take, and what failed")
    BackfillView show(String id) {
        return shown.show(shown.find(id));
    }

    @Get("/{id}/slots")
    @Operation(summary = "Lists the slots of a backfill in the order in which they are run")
    Listing<BackfillView.Slot> slots(
            String id,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        Optional<SlotState> wanted = query.word("state", state, SlotState.class);
        PageRequest page = query.page(cursor, limit);
        query.check();

        return Listing.of(slots.page(shown.find(id).backfillId(), wanted, page), BackfillView.Slot::of);
    }
}
