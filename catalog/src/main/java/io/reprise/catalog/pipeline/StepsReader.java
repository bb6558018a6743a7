package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.pipeline.OutputName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of one pipeline, and those under {@code finally}: read, put in order and held against each other. */
final class StepsReader {

    private final PipelineSource source;
    private final List<String> unreadable = new ArrayList<>();
    private final List<StepDraft> last;
    private final StepGraph graph;
    private final StepGraph lastGraph;
    private final List<StepDraft> drafts;
    private final Map<String, List<OutputName>> reads = new HashMap<>();

    private StepsReader(PipelineSource source, StepDefaults defaults, List<TableDefinition> tables, YamlObject fields) {
        this.source = source;
        Optional<YamlValue> steps = fields.required("steps", "a list of steps");
        List<StepDraft> read = read(steps, new StepReader(source, defaults, tables, false));
        this.last = read(fields.member("finally"), new StepReader(source, defaults, tables, true));
        this.graph = StepGraph.of(read, unreadable);
        this.lastGraph = StepGraph.of(last, unreadable);
        this.drafts = PivotCheck.check(read, graph);
        refuseSharedIds();
    }

    static StepsReader of(
            PipelineSource source, StepDefaults defaults, List<TableDefinition> tables, YamlObject fields) {
        return new StepsReader(source, defaults, tables, fields);
    }

    private List<StepDraft> read(Optional<YamlValue> list, StepReader reader) {
        List<StepDraft> read = new ArrayList<>();
        for (YamlValue item : list.map(YamlValue::items).orElse(List.of())) {
            Optional<StepDraft> draft = reader.read(item);
            draft.ifPresent(read::add);
            if (draft.isEmpty()) {
                item.scalarUnder("id").ifPresent(unreadable::add);
            }
        }
        if (list.isPresent() && list.get().isList() && list.get().items().isEmpty()) {
            list.get().refuse("an empty list", "at least one step");
        }
        return read;
    }

    private void refuseSharedIds() {
        last.stream()
                .filter(draft -> graph.ids().contains(draft.id()))
                .forEach(draft -> draft.at("id").refuse("the id '" + draft.id() + "' twice", "an id that stands once"));
    }

    void check(
            YamlObject fields,
            List<TableDefinition> tables,
            List<ParameterDefinition> parameters,
            List<String> key,
            StepUses scopes,
            boolean slotted) {
        KnownValues values = new KnownValues(parameters, slotted, drafts, graph, source.problems());
        ValueCheck check = new ValueCheck(source, tables, values);
        check.checkScopes(scopes);
        Stream.concat(drafts.stream(), last.stream()).forEach(draft -> reads.put(draft.id(), check.check(draft)));
        if (unreadable.isEmpty()) {
            check.refuseUnused(fields, parameters, key);
        }
    }

    List<StepDraft> drafts() {
        return drafts;
    }

    /** Those under {@code finally}. */
    List<StepDraft> lastDrafts() {
        return last;
    }

    List<StepDefinition> expanded() {
        return expanded(drafts, graph);
    }

    List<StepDefinition> expandedLast() {
        return expanded(last, lastGraph);
    }

    /** Each round is a step, and whoever needs the step needs all its rounds. */
    private List<StepDefinition> expanded(List<StepDraft> drafts, StepGraph graph) {
        List<StepDefinition> steps = new ArrayList<>();
        for (StepDraft draft : drafts) {
            List<String> needs = drafts.stream()
                    .filter(other -> graph.needs(draft.id()).contains(other.id()))
                    .flatMap(other -> other.expanded().stream().map(StepDefinition::id))
                    .toList();
            draft.expanded()
                    .forEach(step -> steps.add(
                            step.with(step.head().needing(needs).reading(reads.getOrDefault(draft.id(), List.of())))));
        }
        return steps;
    }
}
