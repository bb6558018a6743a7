package io.reprise.api.run;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.shared.Fields;
import io.reprise.db.run.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what a run did. */
@Tag(name = "runs")
@Controller("/api/v1/runs/{id}/logs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RunLogController {

    /** A statement with its plan may have a hundred kilobytes. */
    private static final int MOST = 200;

    private enum Of {
        /** What the ledger tells of the run and its steps: so many lines for each step. */
        STEPS,
        /** What the steps wrote while they worked. */
        WORK
    }

    private final ShownRuns shown;
    private final KeptLog kept;

    RunLogController(ShownRuns shown, KeptLog kept) {
        this.shown = shown;
        this.kept = kept;
    }

    @Get
    @Operation(
            summary = "Tells what a run did: its steps, and from page to page what they wrote, ran and checked",
            description = "of=STEPS tells of the steps only, of=WORK only of what they did; cursor is the next of the"
                    + " page before, or its position, behind which a follower finds what came since")
    RunLogPage logs(
            String id,
            @QueryValue @Nullable String of,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable String limit) {
        Fields query = Fields.ofQuery();
        Optional<Of> wanted = query.word("of", of, Of.class);
        int size = query.limit(limit, MOST);
        LogPosition from = position(query, cursor);
        query.check();

        Run run = shown.find(id);
        KeptLog.Part part = wanted.equals(Optional.of(Of.STEPS))
                ? new KeptLog.Part(List.of(), from, false)
                : kept.read(run.ref().runId(), from, size);
        List<RunLogLine> lines = new ArrayList<>(part.lines());
        if (cursor == null && !wanted.equals(Optional.of(Of.WORK))) {
            lines.addAll(RunLogLine.of(run, shown.steps(run)));
        }
        lines.sort(Comparator.comparing(RunLogLine::at));
        String position = part.position().toString();
        return new RunLogPage(lines, part.more() ? Optional.of(position) : Optional.empty(), position);
    }

    private static LogPosition position(Fields query, @Nullable String cursor) {
        if (cursor == null) {
            return LogPosition.START;
        }
        Optional<LogPosition> read = LogPosition.read(cursor);
        if (read.isEmpty()) {
            query.wrong("cursor", cursor, LogPosition.FORM);
        }
        return read.orElse(LogPosition.START);
    }
}
