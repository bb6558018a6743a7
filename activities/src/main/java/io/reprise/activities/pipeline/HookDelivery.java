package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.HookAction;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.run.LogLine;
import io.reprise.workflows.pipeline.HookCall;
import io.reprise.workflows.run.RunOutcome;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Does what a definition wants done on an occasion. A repeated call does all of it again: it is told at least once. */
final class HookDelivery {

    private final KnownDefinitions definitions;
    private final Ledger ledger;
    private final Clock clock;
    private final Map<String, String> environment;

    HookDelivery(KnownDefinitions definitions, Ledger ledger, Clock clock, Map<String, String> environment) {
        this.definitions = definitions;
        this.ledger = ledger;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    void deliver(HookCall call) {
        for (HookAction action : hooks(call).on(call.point().on())) {
            switch (action) {
                case HookAction.Log(String text) -> log(call, text);
                case HookAction.Notify(String channel) -> log(call, "tells " + channel + ": " + words(call));
                case HookAction.Command(List<String> words) -> run(call, words);
            }
        }
    }

    private Hooks hooks(HookCall call) {
        PipelineDefinition definition = definitions.named(call.definition());
        return Optional.ofNullable(call.point().step())
                .map(id -> definition
                        .step(id)
                        .map(StepDefinition::head)
                        .map(head -> head.hooks())
                        .orElse(Hooks.NONE))
                .orElse(definition.hooks());
    }

    private void log(HookCall call, String text) {
        ledger.runLogs()
                .append(List.of(new LogLine(
                        call.outcome().runId(),
                        clock.instant(),
                        Optional.ofNullable(call.point().step()),
                        LogLine.Level.INFO,
                        text)));
    }

    private void run(HookCall call, List<String> words) {
        Commands.run(
                words,
                variables(call),
                new CommandOutput(
                        ledger.runLogs()::append,
                        clock,
                        call.outcome().runId(),
                        Optional.ofNullable(call.point().step())));
    }

    private Map<String, String> variables(HookCall call) {
        RunOutcome outcome = call.outcome();
        Map<String, String> variables = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (!name.startsWith("REPRISE_")) {
                variables.put(name, value);
            }
        });
        variables.put("HOOK_ID", call.id());
        variables.put("OCCASION", call.point().on().name().toLowerCase(Locale.ROOT));
        variables.put("RUN_ID", outcome.runId());
        variables.put("RUN", outcome.workflowId().value());
        variables.put("FORWARD", outcome.forward().name());
        variables.put("COMPENSATION", outcome.compensation().name());
        Optional.ofNullable(outcome.reason()).ifPresent(reason -> variables.put("REASON", reason));
        Optional.ofNullable(outcome.failure()).ifPresent(failure -> variables.put("FAILURE", failure));
        Optional.ofNullable(call.slot()).ifPresent(slot -> variables.put("SLOT", slot.name()));
        Optional.ofNullable(call.point().step()).ifPresent(step -> variables.put("STEP", step));
        return variables;
    }

    private static String words(HookCall call) {
        RunOutcome outcome = call.outcome();
        return outcome.workflowId() + " is " + outcome.forward() + ", undo " + outcome.compensation()
                + Optional.ofNullable(outcome.failure())
                        .map(why -> ", because " + why)
                        .orElse("");
    }
}
