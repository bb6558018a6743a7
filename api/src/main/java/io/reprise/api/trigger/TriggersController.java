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
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.trigger.ReadFrom;
import io.reprise.db.trigger.Resumed;
import io.reprise.db.trigger.Stop;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerLogs;
import io.reprise.db.trigger.Triggers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Tag(name = "triggers")
@Controller("/api/v1/triggers")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TriggersController {

    private final Triggers triggers;
    private final TriggerLogs logs;
    private final Decisions decisions;

    TriggersController(Triggers triggers, TriggerLogs logs, Decisions decisions) {
        this.triggers = triggers;
        this.logs = logs;
        this.decisions = decisions;
    }

    @Get
    @Operation(summary = "Lists the triggers with their lag")
    Listing<TriggerView> list() {
        return new Listing<>(triggers.all().stream().map(this::view).toList(), null);
    }

    @Get("/{name}")
    @Operation(summary = "Shows a trigger")
    TriggerView show(String name) {
        return triggers.byName(name).map(this::view).orElseThrow(() -> none(name));
    }

    @Post("/{name}/pause")
    @Operation(summary = "Stops consuming until resumed; records wait in Kafka")
    TriggerView pause(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "reason");
        String reason = fields.required("reason");
        fields.check();

        Subscription paused =
                triggers.pause(name, reason, Actor.of(actor).name()).orElseThrow(() -> none(name));

        decisions.write(Actor.of(actor), "trigger.pause", name, Map.of("reason", reason));
        return view(paused);
    }

    @Post("/{name}/resume")
    @Operation(
            summary = "Goes on where the trigger was paused, or as decided where its log is not the one that was read")
    TriggerView resume(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "from", "reason");
        Optional<ReadFrom> from = fields.word("/from", fields.text("from").orElse(null), ReadFrom.class);
        String reason = from.isPresent()
                ? fields.required("reason")
                : fields.text("reason").orElse("");
        fields.check();

        Subscription resumed = resumed(triggers.resume(name, from));

        Map<String, String> details = new TreeMap<>(Map.of("reason", reason));
        from.ifPresent(it -> details.put("from", it.name()));
        decisions.write(Actor.of(actor), "trigger.resume", name, details);
        return view(resumed);
    }

    private static Subscription resumed(Resumed resumed) {
        return switch (resumed) {
            case Resumed.GoesOn(Subscription subscription) -> subscription;
            case Resumed.NotFound(String trigger) -> throw none(trigger);
            case Resumed.NothingToDecide() ->
                throw Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "found every log to be the one that was read (expected: no 'from', which only decides about"
                                + " another log)");
            case Resumed.Undecided(List<Stop> stops) ->
                throw Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        stops.stream().map(Stop::reason).collect(Collectors.joining("; ")));
        };
    }

    private TriggerView view(Subscription subscription) {
        return TriggerView.of(subscription, triggers, logs);
    }

    private static Refused none(String name) {
        return Refused.notFound("a trigger", name);
    }
}
