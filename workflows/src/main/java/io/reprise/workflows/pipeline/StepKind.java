package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** What a step of a pipeline does, with the activity types behind it. */
public enum StepKind {
    @JsonProperty("sql")
    SQL("Sql.run", "Sql.undo"),
    @JsonProperty("transaction")
    TRANSACTION("Sql.run", "Sql.undo"),
    @JsonProperty("check")
    CHECK("Sql.check"),
    @JsonProperty("publish")
    PUBLISH("Sql.publish", "Sql.unpublish"),
    @JsonProperty("wait")
    WAIT("Wait.look"),
    /** Waits for a record: whoever finds it wakes the run. */
    @JsonProperty("topic")
    TOPIC("Wait.record"),
    /** Waits for a person: no activity stands behind it. */
    @JsonProperty("approval")
    APPROVAL(),
    @JsonProperty("command")
    COMMAND("Command.run", "Command.undo"),
    /** Another pipeline, accepted as a run of its own. */
    @JsonProperty("pipeline")
    PIPELINE("Pipeline.child");

    private final Optional<String> forward;
    private final Optional<String> undo;

    StepKind() {
        this.forward = Optional.empty();
        this.undo = Optional.empty();
    }

    StepKind(String forward) {
        this.forward = Optional.of(forward);
        this.undo = Optional.empty();
    }

    StepKind(String forward, String undo) {
        this.forward = Optional.of(forward);
        this.undo = Optional.of(undo);
    }

    Optional<String> forward() {
        return forward;
    }

    Optional<String> undo() {
        return undo;
    }

    /** Whether a step of this kind may have an undo. */
    public boolean isUndoable() {
        return undo.isPresent();
    }

    /** Whether it leaves a fence in the database that it changes; one that promises little puts it up afterwards. */
    boolean leavesFence() {
        return this == SQL || this == TRANSACTION || this == PUBLISH;
    }

    /** Whether doing it twice may do its effect twice. */
    boolean changesSomething() {
        return leavesFence() || this == COMMAND || this == PIPELINE;
    }

    /** Whether it waits for the world outside the run, and is shown so. */
    public boolean isWaiting() {
        return this == WAIT || this == TOPIC || this == APPROVAL || this == PIPELINE;
    }
}
