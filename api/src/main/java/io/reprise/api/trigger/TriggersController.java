package io.reprise.api.trigger;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.access.Actor;
import io.reprise.api.access.Decisions;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Listing;
import io.reprise.api.shared.Refused;
import io.reprise.db.trigger.Triggers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Tag(name = "triggers")
@Controller("/api/v1/triggers")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TriggersController {

    private final Triggers triggers;
    private final Decisions decisions;

    TriggersController(Triggers triggers, Decisions decisions) {
        this.triggers = triggers;
        this.decisions = decisions;
    }

    @Get
    @Operation(summary = "Lists the triggers with their lag")
    Listing<TriggerView> list() {
        return new Listing<>(triggers.all().stream().map(TriggerView::of).toList(), null);
    }

    @Get("/{name}")
    @Operation(summary = "Shows a trigger")
    TriggerView show(String name) {
        return triggers.byName(name).map(TriggerView::of).orElseThrow(() -> Refused.notFound("a trigger", name));
    }

    @Post("/{name}/pause")
    @Operation(summary = "Stops consuming until resumed; records wait in Kafka")
    TriggerView pause(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();

        TriggerView paused = triggers.pause(name, reason, Actor.of(actor).name())
                .map(TriggerView::of)
                .orElseThrow(() -> Refused.notFound("a trigger", name));

        decisions.write(Actor.of(actor), "trigger.pause", name, Map.of("reason", reason));
        return paused;
    }

    @Post("/{name}/resume")
    @Operation(summary = "Goes on where the trigger was paused")
    TriggerView resume(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields.ofBody(body).check();

        TriggerView resumed =
                triggers.resume(name).map(TriggerView::of).orElseThrow(() -> Refused.notFound("a trigger", name));

        decisions.write(Actor.of(actor), "trigger.resume", name, Map.of());
        return resumed;
    }
}
