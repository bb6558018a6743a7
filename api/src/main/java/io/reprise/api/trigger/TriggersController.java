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
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Tag(name = "triggers")
@Controller("/api/v1/triggers")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TriggersController {

    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");

    private final Triggers triggers;
    private final TriggerLogs logs;
    private final TriggerResets resets;
    private final TriggerDrift drift;
    private final Decisions decisions;

    TriggersController(
            Triggers triggers, TriggerLogs logs, TriggerResets resets, TriggerDrift drift, Decisions decisions) {
        this.resets = resets;
        this.drift = drift;
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

    @Post("/{name}/reset")
    @Operation(
            summary = "Sets a paused trigger to other places",
            description =
                    "{\"to\":\"beginning\" | \"end\" | \"4711\" | \"2026-11-01T00:00:00Z\",\"partition\":3,"
                            + "\"reason\":\"…\",\"dryRun\":true}: a dry run tells how many records are read again, how many of"
                            + " them started runs before, and how many are skipped. Records that started a run start nothing again.")
    ResetView reset(String name, @Body @Nullable String body, @Header(Actor.HEADER) @Nullable String actor) {
        Fields fields = Fields.ofBody(body, "to", "partition", "reason", "dryRun");
        Optional<TriggerResets.To> to = to(fields);
        OptionalInt partition = fields.number("partition", 0, Integer.MAX_VALUE)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        boolean dryRun = fields.flag("dryRun");
        String reason = dryRun ? "" : fields.required("reason");
        fields.check();
        if (dryRun) {
            return resets.plan(name, to.orElseThrow(), partition);
        }

        ResetView done = resets.reset(name, to.orElseThrow(), partition);

        decisions.write(Actor.of(actor), "trigger.reset", name, Map.of("reason", reason, "to", fields.required("to")));
        return done;
    }

    private static Optional<TriggerResets.To> to(Fields fields) {
        String text = fields.required("to");
        if (OFFSET.matcher(text).matches()) {
            return Optional.of(new TriggerResets.To.Offset(Long.parseLong(text)));
        }
        return switch (text) {
            case "" -> Optional.empty();
            case "beginning" -> Optional.of(new TriggerResets.To.Beginning());
            case "end" -> Optional.of(new TriggerResets.To.End());
            default -> fields.instant("/to", text).map(TriggerResets.To.From::new);
        };
    }

    @Get("/{name}/check")
    @Operation(summary = "Holds Kafka's offsets, positions, inbox and runs of a trigger against each other")
    DriftView check(String name) {
        return drift.of(name);
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
