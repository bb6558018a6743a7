package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.reprise.db.run.LogLine;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunStatement;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that happened in a run.
 *
 * @param message for people; what is behind it stands beside it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunLogLine(
        Instant at,
        String level,
        Optional<String> step,
        String message,
        Optional<Statement> statement,
        Optional<Check> check) {

    private static final int SHOWN_OF_A_STATEMENT = 120;

    /**
     * A statement that a step, or its undo, ran in a database.
     *
     * @param parameters what was bound, secrets masked
     * @param rows changed or read, where the database tells
     * @param plan how the database ran it, where the step asked
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Statement(
            String text,
            @JsonRawValue String parameters,
            OptionalLong rows,
            long millis,
            int attempt,
            boolean undo,
            Optional<String> plan) {}

    /**
     * What a check found.
     *
     * @param offending how many rows offend
     * @param sample the first of them
     */
    public record Check(
            String name,
            int attempt,
            long offending,
            @JsonRawValue String sample) {}

    private RunLogLine(Instant at, String level, Optional<String> step, String message) {
        this(at, level, step, message, Optional.empty(), Optional.empty());
    }

    static RunLogLine of(LogLine line) {
        return new RunLogLine(line.loggedAt(), line.level().name(), line.stepId(), line.message());
    }

    static RunLogLine of(RunStatement ran) {
        String took = (ran.undo() ? "undo " : "") + "in " + ran.took().toMillis() + " ms";
        String rows = ran.rows().isPresent() ? ran.rows().getAsLong() + " rows " : "";
        return new RunLogLine(
                ran.loggedAt(),
                ran.error().isPresent() ? "ERROR" : "INFO",
                Optional.of(ran.stepId()),
                rows + took + ": " + shortened(ran.statement())
                        + ran.error().map(error -> ": " + error).orElse(""),
                Optional.of(new Statement(
                        ran.statement(),
                        ran.parameters(),
                        ran.rows(),
                        ran.took().toMillis(),
                        ran.attempt(),
                        ran.undo(),
                        ran.plan())),
                Optional.empty());
    }

    static RunLogLine of(RunCheck checked) {
        return new RunLogLine(
                checked.loggedAt(),
                checked.passed() ? "INFO" : "ERROR",
                Optional.of(checked.stepId()),
                "check " + checked.name()
                        + (checked.passed() ? " passed" : " found " + checked.offending() + " offending rows"),
                Optional.empty(),
                Optional.of(new Check(checked.name(), checked.attempt(), checked.offending(), checked.sample())));
    }

    private static String shortened(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN_OF_A_STATEMENT ? line : line.substring(0, SHOWN_OF_A_STATEMENT) + "…";
    }

    /** What the ledger tells of the run and its steps. */
    static List<RunLogLine> of(Run run, List<StepView> steps) {
        List<RunLogLine> lines = new ArrayList<>();
        lines.add(info(
                run.acceptedAt(), Optional.empty(), "accepted as " + run.ref().workflowId() + " from " + run.source()));
        run.startedAt().ifPresent(at -> lines.add(info(at, Optional.empty(), "started in Temporal")));
        run.startError()
                .ifPresent(error -> lines.add(new RunLogLine(
                        run.updatedAt(), "WARN", Optional.empty(), "waits to be started in Temporal: " + error)));
        steps.forEach(step -> addStep(lines, step, run.updatedAt()));
        run.endedAt().ifPresent(at -> lines.add(ended(run, at)));
        lines.sort(Comparator.comparing(RunLogLine::at));
        return List.copyOf(lines);
    }

    private static void addStep(List<RunLogLine> lines, StepView step, Instant lastSeen) {
        Optional<String> id = Optional.of(step.id());
        String worker = step.worker().map(it -> " on " + it).orElse("");
        step.startedAt().ifPresent(at -> lines.add(info(at, id, "began" + worker)));
        step.error()
                .ifPresent(error -> lines.add(
                        new RunLogLine(step.endedAt().or(step::undoStartedAt).orElse(lastSeen), "ERROR", id, error)));
        if (step.forward() == Forward.SUCCEEDED) {
            step.endedAt().ifPresent(at -> lines.add(info(at, id, "done, " + attempts(step.attempts()))));
        }
        step.undoStartedAt().ifPresent(at -> lines.add(info(at, id, "undo began")));
        if (step.compensation() != Compensation.NONE) {
            step.undoEndedAt()
                    .ifPresent(at -> lines.add(
                            info(at, id, "undo " + step.compensation() + ", " + attempts(step.undoAttempts()))));
        }
    }

    private static String attempts(int attempts) {
        return attempts == 1 ? "1 attempt" : attempts + " attempts";
    }

    private static RunLogLine ended(Run run, Instant at) {
        String why = run.reason().map(reason -> ": " + reason).orElse("")
                + run.failure().map(failure -> " (" + failure + ")").orElse("");
        return new RunLogLine(
                at,
                run.forward() == Forward.SUCCEEDED ? "INFO" : "ERROR",
                Optional.empty(),
                "ended " + run.word().text() + why);
    }

    private static RunLogLine info(Instant at, Optional<String> step, String message) {
        return new RunLogLine(at, "INFO", step, message);
    }
}
