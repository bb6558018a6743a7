package io.reprise.api.run;

import io.reprise.api.shared.Refused;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunStep;
import io.reprise.db.run.Runs;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds runs by either of their ids and shows them with every declared step: those not begun are not in the ledger. */
public final class ShownRuns {

    private final Runs runs;
    private final Function<Run, Optional<Saga<?>>> declared;
    private final Function<String, Optional<RunView.MadeFrom>> definitions;
    private final Function<String, Map<String, String>> questions;
    private final Function<Run, List<RunView.Wait>> waits;
    private final TemporalPages pages;

    /**
     * Over a ledger.
     *
     * @param declared the steps that a run follows, where they are known here
     * @param definitions what is known of a definition, by its hash
     * @param questions what the steps of a definition ask people, by its hash
     * @param waits the records that the steps of a run wait for
     */
    public ShownRuns(
            Runs runs,
            Function<Run, Optional<Saga<?>>> declared,
            Function<String, Optional<RunView.MadeFrom>> definitions,
            Function<String, Map<String, String>> questions,
            Function<Run, List<RunView.Wait>> waits,
            TemporalPages pages) {
        this.runs = runs;
        this.declared = declared;
        this.definitions = definitions;
        this.questions = questions;
        this.waits = waits;
        this.pages = pages;
    }

    public Run find(String id) {
        return byEither(id).orElseThrow(() -> Refused.notFound("a run", id));
    }

    public Optional<Run> latest(WorkflowId id) {
        return runs.latestGeneration(id);
    }

    private Optional<Run> byEither(String id) {
        Optional<Run> byId = runs.byId(id);
        return byId.isPresent() || !WorkflowId.isWorkflowId(id) ? byId : runs.byWorkflowId(new WorkflowId(id));
    }

    public RunView show(Run run) {
        List<StepView> steps = steps(run);
        List<RunView.Wait> awaited = run.isEnded() ? List.of() : waits.apply(run);
        return RunView.of(
                run, steps, questions(run, steps), awaited, run.definition().flatMap(definitions), pages);
    }

    private List<RunView.Question> questions(Run run, List<StepView> steps) {
        List<String> waiting = steps.stream()
                .filter(step -> step.forward() == Forward.WAITING)
                .map(StepView::id)
                .toList();
        if (waiting.isEmpty() || run.isEnded()) {
            return List.of();
        }
        Map<String, String> asked = run.definition().map(questions).orElse(Map.of());
        return waiting.stream()
                .filter(asked::containsKey)
                .map(step -> new RunView.Question(step, asked.getOrDefault(step, "")))
                .toList();
    }

    public List<StepView> steps(Run run) {
        Map<String, RunStep> recorded =
                runs.steps(run.ref()).stream().collect(Collectors.toMap(RunStep::stepId, Function.identity()));
        Optional<Saga<?>> saga = declared.apply(run);
        if (saga.isEmpty()) {
            return runs.steps(run.ref()).stream().map(StepView::of).toList();
        }
        return saga.get().steps().stream()
                .map(step -> shown(step, Optional.ofNullable(recorded.get(step.id()))))
                .toList();
    }

    private static StepView shown(Step declared, Optional<RunStep> recorded) {
        return recorded.map(StepView::of).orElseGet(() -> StepView.notBegun(declared));
    }
}
