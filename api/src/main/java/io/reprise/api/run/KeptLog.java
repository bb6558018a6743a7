package io.reprise.api.run;

import io.reprise.db.run.LogLine;
import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunChecks;
import io.reprise.db.run.RunLogs;
import io.reprise.db.run.RunStatement;
import io.reprise.db.run.RunStatements;
import io.reprise.db.shared.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the steps of a run wrote while they worked: lines of commands and hooks, statements, and what checks found. Three tables
 * read as one log, by the time of each line; what a step tells late stands on the page that is read after it did.
 */
public final class KeptLog {

    private final RunLogs outputs;
    private final RunStatements statements;
    private final RunChecks checks;

    public KeptLog(RunLogs outputs, RunStatements statements, RunChecks checks) {
        this.outputs = outputs;
        this.statements = statements;
        this.checks = checks;
    }

    /**
     * Some lines.
     *
     * @param position behind the last of them
     * @param more whether others are there already
     */
    record Part(List<RunLogLine> lines, LogPosition position, boolean more) {}

    Part read(String runId, LogPosition from, int size) {
        Page<LogLine> written = outputs.page(runId, from.outputs(size));
        Page<RunStatement> ran = statements.page(runId, Optional.empty(), from.statements(size));
        Page<RunCheck> checked = checks.page(runId, from.checks(size));
        List<RunLogLine> all = new ArrayList<>();
        written.items().forEach(line -> all.add(RunLogLine.of(line)));
        ran.items().forEach(statement -> all.add(RunLogLine.of(statement)));
        checked.items().forEach(check -> all.add(RunLogLine.of(check)));
        all.sort(Comparator.comparing(RunLogLine::at));
        List<RunLogLine> taken = all.subList(0, Math.min(size, all.size()));
        boolean mayHaveMore = Math.max(
                        written.items().size(),
                        Math.max(ran.items().size(), checked.items().size()))
                == size;
        return new Part(List.copyOf(taken), behind(runId, from, taken), mayHaveMore || all.size() > taken.size());
    }

    /** Each table is asked once more for as many as were taken of it: it tells where they end. */
    private LogPosition behind(String runId, LogPosition from, List<RunLogLine> taken) {
        int ofChecks =
                (int) taken.stream().filter(line -> line.check().isPresent()).count();
        int ofStatements = (int)
                taken.stream().filter(line -> line.statement().isPresent()).count();
        int ofOutputs = taken.size() - ofChecks - ofStatements;
        return new LogPosition(
                ofOutputs == 0
                        ? from.output()
                        : outputs.page(runId, from.outputs(ofOutputs)).next().orElseThrow(),
                ofStatements == 0
                        ? from.statement()
                        : statements
                                .page(runId, Optional.empty(), from.statements(ofStatements))
                                .next()
                                .orElseThrow(),
                ofChecks == 0
                        ? from.check()
                        : checks.page(runId, from.checks(ofChecks)).next().orElseThrow());
    }
}
