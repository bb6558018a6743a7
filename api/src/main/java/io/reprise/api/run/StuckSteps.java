package io.reprise.api.run;

import io.reprise.api.shared.Fields;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunFilter;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the steps that wait for a person. */
public final class StuckSteps {

    private final Runs runs;

    public StuckSteps(Runs runs) {
        this.runs = runs;
    }

    /** A step that waits. */
    record StuckStep(Run run, String stepId) {}

    /** Which of them. */
    record Filter(Optional<String> feature, Optional<String> name, Optional<String> step) {

        static Filter of(Fields fields) {
            return new Filter(fields.text("feature"), fields.text("name"), fields.text("step"));
        }

        private RunFilter stuckForward() {
            return runs().forward(Forward.STUCK);
        }

        private RunFilter stuckUndoing() {
            return runs().compensation(Compensation.STUCK);
        }

        private RunFilter runs() {
            return new RunFilter(feature, name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** The oldest run last. */
    List<StuckStep> find(Filter filter) {
        Map<String, Run> stuck = new LinkedHashMap<>();
        collect(filter.stuckForward(), stuck);
        collect(filter.stuckUndoing(), stuck);
        List<StuckStep> steps = new ArrayList<>();
        stuck.values()
                .forEach(run -> run.stuckSteps().stream()
                        .filter(step -> filter.step().map(step::equals).orElse(true))
                        .forEach(step -> steps.add(new StuckStep(run, step))));
        return steps;
    }

    private void collect(RunFilter filter, Map<String, Run> found) {
        PageRequest request = PageRequest.first(Page.MOST);
        while (true) {
            Page<Run> page = runs.page(filter, request);
            page.items().stream()
                    .filter(run -> !run.isEnded())
                    .forEach(run -> found.put(run.ref().runId(), run));
            if (page.next().isEmpty()) {
                return;
            }
            request = request.after(page.next().getAsLong());
        }
    }
}
