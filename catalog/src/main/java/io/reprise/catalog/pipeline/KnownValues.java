package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which values the steps of one pipeline may read by name.
 *
 * <p>Refused: names of no value, outputs of a step that is not before the reading one, and outputs of steps with rounds.
 */
final class KnownValues {

    private final Set<String> ofRun = new TreeSet<>();
    private final Set<String> parameters = new TreeSet<>();
    private final Map<String, StepDraft> drafts = new TreeMap<>();
    private final StepGraph graph;
    private final boolean slotted;
    private final CatalogProblems problems;

    KnownValues(
            List<ParameterDefinition> parameters,
            boolean slotted,
            List<StepDraft> drafts,
            StepGraph graph,
            CatalogProblems problems) {
        this.slotted = slotted;
        this.graph = graph;
        this.problems = problems;
        parameters.forEach(parameter -> this.parameters.add(parameter.name()));
        drafts.forEach(draft -> this.drafts.putIfAbsent(draft.id(), draft));
        ofRun.addAll(ParameterReader.OF_EVERY_RUN);
        if (slotted) {
            ofRun.addAll(ParameterReader.OF_SLOT);
        }
    }

    boolean slotted() {
        return slotted;
    }

    /** What a condition of the run may read. */
    Set<String> inWhen(StepDraft step) {
        Set<String> names = new TreeSet<>(parameters);
        before(step).forEach(id -> names.addAll(outputs(id)));
        return names;
    }

    /** What the scope of a table may read. */
    Set<String> inScope() {
        Set<String> names = new TreeSet<>(parameters);
        names.addAll(ofRun);
        names.removeAll(ParameterReader.OF_EVERY_RUN);
        return names;
    }

    /** What a step may read. Its own outputs are there for its later parts and for its undo. */
    Set<String> inStep(StepDraft step) {
        Set<String> names = inWhen(step);
        names.addAll(ofRun);
        names.addAll(step.step().head().with().keySet());
        step.rounds().ifPresent(rounds -> names.add(rounds.as()));
        return names;
    }

    Set<String> own(StepDraft step) {
        Set<String> names = new TreeSet<>();
        Outputs.of(step.step()).forEach(output -> names.add(step.id() + "." + output.name()));
        return names;
    }

    /** For steps under finally, all steps have ended. */
    private Set<String> before(StepDraft step) {
        return step.equals(drafts.get(step.id())) ? graph.before(step.id()) : drafts.keySet();
    }

    private Set<String> outputs(String id) {
        StepDraft draft = drafts.get(id);
        return draft == null || draft.rounds().isPresent() ? Set.of() : own(draft);
    }

    /** Notes a name that is not among the known ones, with the reason where there is a better one than that. */
    void note(FilePlace place, String path, String name, Set<String> known) {
        int dot = name.lastIndexOf('.');
        String step = dot < 0 ? "" : name.substring(0, dot);
        StepDraft draft = drafts.get(step);
        if (graph.isUnreadable(step)) {
            return;
        }
        if (!slotted && ParameterReader.OF_SLOT.contains(name)) {
            problems.note(place, path, "':" + name + "' in a pipeline without slots", "slot: hour, day or month");
            return;
        }
        if (draft != null && draft.rounds().isPresent()) {
            String found = "':" + name + "' of a step with rounds";
            problems.note(place, path, found, "no output of a for-each: each of its rounds has its own");
            return;
        }
        if (draft != null && own(draft).contains(name)) {
            String expected = "an output of a step before this one, or needs: [" + step + "]";
            problems.note(place, path, "':" + name + "' of a step that is not before this one", expected);
            return;
        }
        problems.noteName(place, path, "the unknown value ':" + name + "'", name, known);
    }
}
