package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.run.Name;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One step of a plan: all that the workflow knows of it. What it does stands in the definition.
 *
 * @param id as written, or {@code load[EU]} for one round of a {@code for-each}
 * @param queue the task queue on which its activities run: {@code sql.<connection>} or {@code pipeline}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlannedStep(String id, StepKind kind, String queue, StepTurn turn, PlannedTerms terms, StepEnd end) {

    /** What a step id may look like, for messages. */
    public static final String ID_FORM = Name.FORM + "(\\[[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\])?";

    private static final String SQL_QUEUE = "sql.";
    private static final Pattern ID = Pattern.compile(ID_FORM);

    public PlannedStep {
        if (!ID.matcher(id).matches()) {
            throw refused(id, "its id is '" + id + "'", ID_FORM);
        }
        if (queue.isBlank()) {
            throw refused(id, "its task queue is blank", "sql.<connection> or pipeline");
        }
        if (end.undo() && !kind.isUndoable()) {
            throw refused(id, "it has an undo, and is a " + kind, "an undo of sql, transaction, publish or command");
        }
        if (end.pivot() && !terms.fenced()) {
            throw refused(id, "it is an unfenced pivot", "a fenced one: only its fence can decide a cancel");
        }
        if (kind.isWaiting() && terms.fenced()) {
            throw refused(id, "it is a fenced " + kind, "an unfenced one: it changes no database");
        }
        if ((kind == StepKind.APPROVAL || kind == StepKind.TOPIC) && terms.within() == null) {
            throw refused(id, "it waits for an " + kind + " without a limit", "a limit");
        }
    }

    /** The connection whose database holds its fence, where it leaves one. */
    public Optional<String> fencedOn() {
        return Optional.of(queue)
                .filter(name -> kind.leavesFence() && name.startsWith(SQL_QUEUE))
                .map(name -> name.substring(SQL_QUEUE.length()));
    }

    static IllegalArgumentException refused(String id, String found, String expected) {
        return new IllegalArgumentException(
                "cannot plan step '" + id + "': " + found + " (expected: " + expected + ")");
    }
}
