package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.Output;
import io.reprise.db.Ledger;
import io.reprise.workflows.pipeline.CommandSteps;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands of the operating system, given values by their environment only. A lost worker may have run a command that is
 * run again: its definition says so. One that the ledger was told is done, is not.
 */
final class ShellSteps implements CommandSteps {

    private final KnownDefinitions definitions;
    private final Ledger ledger;
    private final UnfencedLedger facts;
    private final Clock clock;
    private final Map<String, String> environment;

    /**
     * Over a ledger.
     *
     * @param environment of the worker: commands inherit it, but for what begins with {@code REPRISE_}
     */
    ShellSteps(
            KnownDefinitions definitions, Ledger ledger, String worker, Clock clock, Map<String, String> environment) {
        this.definitions = definitions;
        this.ledger = ledger;
        this.facts = new UnfencedLedger(ledger, worker, clock);
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public StepResult run(StepCall call, PipelineStep step) {
        CommandStep command = definitions.step(step.definition(), step.step(), CommandStep.class);
        Optional<StepResult> done = facts.done(call);
        if (done.isPresent()) {
            return done.get();
        }
        StepValues values = StepValues.of(call.runId(), call.key(), step, command.head());
        CommandOutput output = output(call.runId(), step.step());
        Instant startedAt = facts.begins(call);
        try {
            Commands.run(command.words(), values.environment(environment), output);
            StepResult result = StepResult.of(step.step(), outputs(command, output));
            facts.succeeded(call, result, startedAt);
            return result;
        } catch (ApplicationFailure failed) {
            facts.failed(call, failed.getOriginalMessage(), startedAt);
            throw failed;
        }
    }

    private static Map<String, @Nullable Object> outputs(CommandStep command, CommandOutput output) {
        Map<String, @Nullable Object> outputs = new TreeMap<>();
        for (Output wanted : command.outputs()) {
            outputs.put(wanted.name(), output.lastLine().orElse(null));
        }
        return outputs;
    }

    /** What the ledger was not told of has not begun. */
    @Override
    public Undone undo(UndoCall call) {
        if (!facts.hasBegun(call)) {
            return Undone.FENCED;
        }
        PipelineInput input = facts.input(call);
        CommandStep command = definitions.step(input.definition(), call.key().stepId(), CommandStep.class);
        Optional<List<String>> undo = command.undo();
        Instant startedAt = clock.instant();
        try {
            StepValues values = StepValues.ofUndo(call.runId(), call.key(), input, facts.outputs(call), command.head());
            undo.ifPresent(words -> Commands.run(
                    words,
                    values.environment(environment),
                    output(call.runId(), call.key().stepId())));
            facts.undone(call, startedAt);
            return Undone.COMPENSATED;
        } catch (ApplicationFailure failed) {
            facts.undoFailed(call, failed.getOriginalMessage(), startedAt);
            throw failed;
        }
    }

    private CommandOutput output(String runId, String stepId) {
        return new CommandOutput(ledger.runLogs()::append, clock, runId, Optional.of(stepId));
    }
}
