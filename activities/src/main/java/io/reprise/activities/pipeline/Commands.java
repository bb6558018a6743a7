package io.reprise.activities.pipeline;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Runs commands from activities: with signs of life, until they end, or the attempt does. */
final class Commands {

    private static final Duration BETWEEN_SIGNS = Duration.ofMillis(250);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private Commands() {}

    /** Fails with {@code command-failed} unless it ends with 0. A cancel of the activity ends the command. */
    static void run(List<String> words, Map<String, String> environment, CommandOutput output) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        long last = System.nanoTime() + limit(context).toNanos();
        try (CommandProcess command = CommandProcess.start(words, environment, output)) {
            while (!command.hasEndedWithin(BETWEEN_SIGNS)) {
                output.flush();
                context.heartbeat(null);
                if (System.nanoTime() > last) {
                    throw failed("timed-out", words, "did not end within " + limit(context));
                }
            }
            int code = command.exitCode();
            if (code != 0) {
                throw failed(
                        "command-failed",
                        words,
                        "ended with " + code
                                + output.lastComplaint()
                                        .map(line -> ": " + line)
                                        .orElse(""));
            }
        } catch (IOException unstartable) {
            throw failed("command-failed", words, "cannot be started: " + unstartable.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the worker stops");
        } finally {
            output.flush();
        }
    }

    private static Duration limit(ActivityExecutionContext context) {
        Duration attempt = context.getInfo().getStartToCloseTimeout();
        Duration margin = attempt.dividedBy(10).compareTo(MARGIN) < 0 ? attempt.dividedBy(10) : MARGIN;
        return attempt.minus(margin);
    }

    private static ApplicationFailure failed(String type, List<String> words, String found) {
        return ApplicationFailure.newFailure(
                "command '" + words.getFirst() + "' " + found + " (expected: it ends with 0)", type);
    }
}
