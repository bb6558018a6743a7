package io.reprise.catalog.pipeline;

import io.reprise.workflows.pipeline.HookPoint.Occasion;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** What is told to whom, of a run or of one step. */
public record Hooks(
        List<HookAction> success,
        List<HookAction> failure,
        List<HookAction> undo,
        List<HookAction> stuck,
        Optional<Late> late) {

    public static final Hooks NONE = new Hooks(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    /**
     * Called once for a slot whose run has not succeeded in time.
     *
     * @param by on the local clock, on the day on which the slot ends or began to be due
     */
    public record Late(LocalTime by, List<HookAction> actions) {
        public Late {
            actions = List.copyOf(actions);
        }
    }

    public Hooks {
        success = List.copyOf(success);
        failure = List.copyOf(failure);
        undo = List.copyOf(undo);
        stuck = List.copyOf(stuck);
    }

    public List<HookAction> on(Occasion occasion) {
        return switch (occasion) {
            case SUCCESS -> success;
            case FAILURE -> failure;
            case UNDO -> undo;
            case STUCK -> stuck;
        };
    }
}
