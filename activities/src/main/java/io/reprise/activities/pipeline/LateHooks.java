package io.reprise.activities.pipeline;

import io.reprise.activities.schedule.BrokenPromise;
import io.reprise.catalog.pipeline.HookAction;
import io.reprise.db.Ledger;
import io.reprise.db.run.LogLine;
import io.reprise.db.run.Run;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a definition wants done about a slot that is late, once. What is written stands in the log of the slot's run; where
 * it has none, in that of the worker. A command that fails is told of, and not repeated.
 */
public final class LateHooks implements Consumer<BrokenPromise> {

    private static final Logger LOG = LoggerFactory.getLogger(LateHooks.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Clock clock;
    private final Map<String, String> environment;

    /** @param environment of the worker, which commands inherit */
    public LateHooks(Ledger ledger, Clock clock, Map<String, String> environment) {
        this.ledger = ledger;
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void accept(BrokenPromise promise) {
        LOG.warn("{}", promise.words());
        for (HookAction action : promise.actions()) {
            switch (action) {
                case HookAction.Log(String text) -> log(promise, LogLine.Level.INFO, text);
                case HookAction.Notify(String channel) ->
                    log(promise, LogLine.Level.INFO, "tells " + channel + ": " + promise.words());
                case HookAction.Command(List<String> words) -> run(promise, words);
            }
        }
    }

    private void log(BrokenPromise promise, LogLine.Level level, String text) {
        append(promise, List.of(new LogLine(runId(promise), clock.instant(), Optional.empty(), level, text)));
    }

    private void append(BrokenPromise promise, List<LogLine> lines) {
        if (promise.newest().isPresent()) {
            ledger.runLogs().append(lines);
            return;
        }
        lines.forEach(line -> LOG.info("{} {}: {}", promise.pipeline(), promise.slot(), line.message()));
    }

    private static String runId(BrokenPromise promise) {
        return promise.newest().map(run -> run.ref().runId()).orElse("");
    }

    private void run(BrokenPromise promise, List<String> words) {
        CommandOutput output =
                new CommandOutput(lines -> append(promise, lines), clock, runId(promise), Optional.empty());
        try (CommandProcess command = CommandProcess.start(words, variables(promise), output)) {
            if (!command.hasEndedWithin(LONGEST)) {
                complain(promise, words, "did not end within " + LONGEST);
            } else if (command.exitCode() != 0) {
                complain(promise, words, "ended with " + command.exitCode());
            }
        } catch (IOException unstartable) {
            complain(promise, words, "cannot be started: " + unstartable.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            output.flush();
        }
    }

    private void complain(BrokenPromise promise, List<String> words, String found) {
        log(
                promise,
                LogLine.Level.WARN,
                "the late hook's command '" + words.getFirst() + "' " + found + " (expected: it ends with 0)");
    }

    private Map<String, String> variables(BrokenPromise promise) {
        Map<String, String> variables = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (!name.startsWith("REPRISE_")) {
                variables.put(name, value);
            }
        });
        variables.put("OCCASION", "late");
        variables.put("PIPELINE", promise.pipeline());
        variables.put("SLOT", promise.slot());
        variables.put("DUE", promise.due().toString());
        promise.newest().map(Run::ref).ifPresent(run -> {
            variables.put("RUN_ID", run.runId());
            variables.put("RUN", run.workflowId().value());
        });
        return variables;
    }
}
