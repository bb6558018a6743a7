package io.reprise.api.schedule;

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
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.Schedules;
import io.reprise.db.shared.NamedPageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Tag(name = "schedules")
@Controller("/api/v1/schedules")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SchedulesController {

    private final Schedules schedules;
    private final ShownSchedules shown;
    private final SlotTrigger trigger;
    private final Decisions decisions;

    SchedulesController(Schedules schedules, ShownSchedules shown, SlotTrigger trigger, Decisions decisions) {
        this.schedules = schedules;
        this.shown = shown;
        this.trigger = trigger;
        this.decisions = decisions;
    }

    @Get
    @Operation(summary = "Lists the schedules of the applied catalog, by name")
    Listing<ScheduleView> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        NamedPageRequest page = query.namedPage(cursor, limit);
        query.check();

        return Listing.ofNames(schedules.page(page), shown::show);
    }

    @Get("/{name}")
    @Operation(summary = "Shows a schedule: its next slots, the last result and what it missed")
    ScheduleView show(String name) {
        return shown.show(shown.find(name));
    }

    @Post("/{name}/pause")
    @Operation(summary = "Starts nothing by itself until resumed; what falls due meanwhile is missed, not forgotten")
    ScheduleView pause(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();

        Schedule paused =
                schedules.pause(name, reason, Actor.of(actor).name()).orElseThrow(() -> ShownSchedules.none(name));

        decisions.write(Actor.of(actor), "schedule.pause", name, Map.of("reason", reason));
        return shown.show(paused);
    }

    @Post("/{name}/resume")
    @Operation(summary = "Goes on, with what was missed by the schedule's rule first")
    ScheduleView resume(String name, @Header(Actor.HEADER) @Nullable String actor) {
        Schedule resumed = schedules.resume(name).orElseThrow(() -> ShownSchedules.none(name));

        decisions.write(Actor.of(actor), "schedule.resume", name, Map.of());
        return shown.show(resumed);
    }

    @Post("/{name}/trigger")
    @Operation(summary = "Starts the newest slot that has ended, or the one that is named, whether paused or not")
    TriggeredSlot trigger(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "slot");
        Optional<String> slot = fields.text("slot");
        fields.check();

        shown.find(name);
        TriggeredSlot triggered = trigger.trigger(name, slot);

        decisions.write(Actor.of(actor), "schedule.trigger", name, Map.of("slot", triggered.slot()));
        return triggered;
    }
}
