package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Saga;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run that ended and undid nothing: what its steps did stands, and a further generation may keep it. */
public final class HeldRun {

    private final WorkflowId workflowId;
    private final PipelineInput former;
    private final PipelineInput input;
    private final Set<String> unchanged;
    private final Saga<PipelineInput> saga;
    private final Map<String, EndedStep> ended = new LinkedHashMap<>();

    public HeldRun(WorkflowId workflowId, PipelineInput input, List<EndedStep> steps) {
        this(workflowId, input, input, ids(input), steps);
    }

    private HeldRun(
            WorkflowId workflowId,
            PipelineInput former,
            PipelineInput input,
            Set<String> unchanged,
            List<EndedStep> steps) {
        this.workflowId = workflowId;
        this.former = former;
        this.input = input;
        this.unchanged = unchanged;
        this.saga = PipelineSaga.of(input.plan());
        steps.forEach(step -> ended.put(step.id(), step));
    }

    private static Set<String> ids(PipelineInput input) {
        Set<String> ids = new LinkedHashSet<>();
        input.plan().steps().forEach(step -> ids.add(step.id()));
        return ids;
    }

    /**
     * The same run, gone on with by another definition.
     *
     * @param next what a run of that is accepted with
     * @param same ids of the steps that do the same by both
     */
    public HeldRun by(PipelineInput next, Set<String> same) {
        return new HeldRun(workflowId, former, next, same, List.copyOf(ended.values()));
    }

    /** Whether a run that has ended is one. */
    public static boolean isHeld(PipelineInput input, Compensation compensation) {
        return input.plan().failure() == FailurePolicy.HOLD && compensation == Compensation.NONE;
    }

    /** All of it once more, unless that did again what stands. */
    public Repetition whole() {
        List<String> standing = former.plan().steps().stream()
                .filter(step -> isDone(step.id()) && step.kind().changesSomething())
                .map(PlannedStep::id)
                .toList();
        if (standing.isEmpty()) {
            return new Repetition.With(input.inheriting(List.of()));
        }
        String first = input.plan().steps().getFirst().id();
        return new Repetition.Refused(
                "what its steps " + standing + " did was kept, and would be done twice",
                "--from " + unfinished().orElse(first) + " to keep that, or --from " + first
                        + " to do all of it once more");
    }

    /** The step and what comes after it; what is done beside that is kept. */
    public Repetition from(String stepId) {
        List<String> ids = steps().map(PlannedStep::id).toList();
        if (!ids.contains(stepId)) {
            return new Repetition.Refused("it has no step '" + stepId + "'", "one of " + ids);
        }
        Optional<String> gap =
                before(stepId).filter(step -> !isOver(step)).findFirst().map(PlannedStep::id);
        if (gap.isPresent()) {
            return new Repetition.Refused(
                    "step '" + gap.get() + "', which '" + stepId + "' needs, is not done", "--from " + gap.get());
        }
        Set<String> again = withAfter(stepId);
        return keeping(
                ids.stream().filter(id -> isDone(id) && !again.contains(id)).toList());
    }

    /** Only what is not done. */
    public Repetition rest() {
        return keeping(steps().map(PlannedStep::id).filter(this::isDone).toList());
    }

    /** The same with a wish that is made anew, where it is the wish that the run was accepted with. */
    public Repetition rest(PipelineInput wish) {
        if (PipelineInput.read(wish.canonical()).equals(input.inheriting(List.of()))) {
            return rest();
        }
        return whole() instanceof Repetition.With
                ? new Repetition.With(wish)
                : new Repetition.Refused(
                        "what steps of " + workflowId + " did was kept, and its definition, parameters or steps were"
                                + " others",
                        "reprise run retry " + workflowId + " --from STEP");
    }

    private Repetition keeping(List<String> kept) {
        Optional<String> other = former.plan().steps().stream()
                .filter(step -> isDone(step.id()) && step.kind().changesSomething())
                .map(PlannedStep::id)
                .filter(id -> !ids(input).contains(id))
                .findFirst();
        Optional<String> changed = other.or(
                () -> kept.stream().filter(id -> !unchanged.contains(id)).findFirst());
        if (changed.isPresent()) {
            return new Repetition.Refused(
                    "step '" + changed.get() + "' is done, and is another or none in the wanted definition",
                    ids(input).contains(changed.get())
                            ? "--from " + changed.get() + ", or the definition it was started with"
                            : "the definition it was started with");
        }
        Map<String, Inherited> inherited = new LinkedHashMap<>();
        kept.forEach(id -> inherited.put(id, inherited(id)));
        Plan plan = input.plan();
        for (PlannedStep step : Stream.concat(steps(), plan.last().stream()).toList()) {
            Optional<OutputName> unknown = kept.contains(step.id()) ? Optional.empty() : unknown(step, inherited);
            if (unknown.isPresent()) {
                return new Repetition.Refused(
                        "step '" + step.id() + "' reads '" + unknown.get() + "', which the ledger was not told of",
                        "--from " + unknown.get().stepId());
            }
        }
        return new Repetition.With(input.inheriting(List.copyOf(inherited.values())));
    }

    private static Optional<OutputName> unknown(PlannedStep step, Map<String, Inherited> inherited) {
        return step.turn().reads().stream()
                .filter(read -> Optional.ofNullable(inherited.get(read.stepId()))
                        .filter(kept -> !kept.outputs().containsKey(read.output()))
                        .isPresent())
                .findFirst();
    }

    /** One that was inherited itself keeps the key of the generation that did it. */
    private Inherited inherited(String id) {
        return former.inherited().stream()
                .filter(kept -> kept.step().equals(id))
                .findFirst()
                .orElseGet(() -> new Inherited(
                        id,
                        workflowId.step(id),
                        Optional.ofNullable(ended.get(id)).orElseThrow().outputs()));
    }

    private Stream<PlannedStep> steps() {
        return input.plan().steps().stream();
    }

    private Optional<String> unfinished() {
        return steps().filter(step -> !isOver(step)).findFirst().map(PlannedStep::id);
    }

    private Stream<PlannedStep> before(String stepId) {
        Set<String> needed = new LinkedHashSet<>(List.of(stepId));
        List<PlannedStep> above = new ArrayList<>(input.plan().steps()).reversed();
        for (PlannedStep step : above) {
            if (needed.contains(step.id())) {
                needed.addAll(needs(step));
            }
        }
        return steps().filter(step -> !step.id().equals(stepId) && needed.contains(step.id()));
    }

    private Set<String> withAfter(String stepId) {
        Set<String> again = new LinkedHashSet<>(List.of(stepId));
        for (PlannedStep step : input.plan().steps()) {
            if (needs(step).stream().anyMatch(again::contains)) {
                again.add(step.id());
            }
        }
        return again;
    }

    private List<String> needs(PlannedStep step) {
        List<String> needs = new ArrayList<>(saga.step(step.id()).orElseThrow().needs());
        step.turn().reads().forEach(read -> needs.add(read.stepId()));
        return needs;
    }

    private boolean isOver(PlannedStep step) {
        return switch (forward(step.id())) {
            case SUCCEEDED, SKIPPED -> true;
            case FAILED -> step.end().continues();
            case QUEUED, RUNNING, WAITING, STUCK, CANCELLED -> false;
        };
    }

    private boolean isDone(String id) {
        return forward(id) == Forward.SUCCEEDED;
    }

    private Forward forward(String id) {
        return Optional.ofNullable(ended.get(id)).map(EndedStep::forward).orElse(Forward.QUEUED);
    }
}
