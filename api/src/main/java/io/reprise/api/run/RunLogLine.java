package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One thing that happened in a run, told from its step facts. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunLogLine(Instant at, String level, Optional<String> step, String message) {

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
