package io.reprise.activities.pipeline;

import io.reprise.db.run.LogLine;
import io.reprise.db.run.LogLine.Level;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command writes, on its way to the log of its run. So many lines are kept of one attempt, of whatever length. */
final class CommandOutput {

    static final int MOST_LINES = 10_000;
    static final int LONGEST_LINE = 4_000;

    private static final Logger LOG = LoggerFactory.getLogger(CommandOutput.class);
    private static final int AT_ONCE = 500;

    private final Consumer<List<LogLine>> logs;
    private final Clock clock;
    private final String runId;
    private final Optional<String> stepId;
    private final Deque<LogLine> waiting = new ArrayDeque<>();
    private int taken;
    private @Nullable String lastLine;
    private @Nullable String lastComplaint;

    CommandOutput(Consumer<List<LogLine>> logs, Clock clock, String runId, Optional<String> stepId) {
        this.logs = logs;
        this.clock = clock;
        this.runId = runId;
        this.stepId = stepId;
    }

    void said(String line) {
        take(line, Level.INFO);
    }

    void complained(String line) {
        take(line, Level.WARN);
    }

    private synchronized void take(String line, Level level) {
        if (!line.isBlank()) {
            lastLine = level == Level.INFO ? line : lastLine;
            lastComplaint = level == Level.WARN ? line : lastComplaint;
        }
        taken++;
        if (taken <= MOST_LINES) {
            waiting.add(line(shortened(line), level));
        } else if (taken == MOST_LINES + 1) {
            waiting.add(line("the command writes more than " + MOST_LINES + " lines; the others are not kept", level));
        }
    }

    /** The last line of its standard output that says anything. */
    synchronized Optional<String> lastLine() {
        return Optional.ofNullable(lastLine);
    }

    synchronized Optional<String> lastComplaint() {
        return Optional.ofNullable(lastComplaint);
    }

    /** Writes what waits. A ledger that is away holds up no command: its lines wait for the next time. */
    void flush() {
        List<LogLine> lines = next();
        while (!lines.isEmpty()) {
            try {
                logs.accept(lines);
            } catch (DataAccessException away) {
                LOG.debug("The log of {} has to wait", runId, away);
                putBack(lines);
                return;
            }
            lines = next();
        }
    }

    private synchronized List<LogLine> next() {
        List<LogLine> lines = new ArrayList<>();
        while (!waiting.isEmpty() && lines.size() < AT_ONCE) {
            lines.add(waiting.remove());
        }
        return lines;
    }

    private synchronized void putBack(List<LogLine> lines) {
        lines.reversed().forEach(waiting::addFirst);
    }

    private LogLine line(String text, Level level) {
        return new LogLine(runId, clock.instant(), stepId, level, text);
    }

    /** PostgreSQL has no text with a null character in it. */
    private static String shortened(String line) {
        String text = line.replace("\0", "");
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    }
}
