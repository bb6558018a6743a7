package io.reprise.catalog.trigger;

import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlText;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The triggers of a catalog.
 *
 * @param all by name; complete only where there are no problems
 * @param problems by file and line
 */
public record CatalogTriggers(List<TriggerDefinition> all, List<CatalogProblem> problems) {

    private static final String FOLDER = "triggers";
    private static final String EXTENSION = ".yaml";

    public CatalogTriggers {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    private record Draft(TriggerDefinition trigger, YamlObject fields) {}

    /** Reads every trigger and holds it against the pipelines and against the others. */
    public static CatalogTriggers of(Path root, Definitions definitions) {
        CatalogProblems problems = new CatalogProblems();
        List<Draft> drafts = CatalogFolder.at(root)
                .map(folder -> drafts(folder, definitions, problems))
                .orElse(List.of());
        drafts.forEach(draft -> check(draft, definitions));
        refuseClashes(drafts);
        return new CatalogTriggers(drafts.stream().map(Draft::trigger).toList(), problems.problems());
    }

    private static List<Draft> drafts(CatalogFolder folder, Definitions definitions, CatalogProblems problems) {
        List<Draft> drafts = new ArrayList<>();
        for (String entry : folder.names(FOLDER)) {
            String file = FOLDER + "/" + entry;
            String name = entry.endsWith(EXTENSION) ? entry.substring(0, entry.length() - EXTENSION.length()) : "";
            if (!folder.has(file) || !Name.isName(name)) {
                problems.note(FilePlace.startOf(file), "", "'" + entry + "'", "files <trigger>.yaml, " + Name.FORM);
                continue;
            }
            folder.text(file, problems)
                    .flatMap(text ->
                            YamlText.read(file, text, definitions.environment().asVariables(), problems))
                    .flatMap(value -> value.object(TriggerReader.KEYS))
                    .ifPresent(fields -> TriggerReader.read(name, fields)
                            .ifPresent(trigger -> drafts.add(new Draft(trigger, fields))));
        }
        return drafts;
    }

    private static void check(Draft draft, Definitions definitions) {
        Optional<String> name = draft.trigger().pipeline();
        Optional<PipelineDefinition> pipeline = name.flatMap(definitions::pipeline);
        if (name.isPresent() && pipeline.isEmpty() && definitions.areSound()) {
            YamlValue at = TriggerReader.pipelineOf(draft.fields());
            List<String> names = definitions.pipelines().stream()
                    .map(it -> it.name().value())
                    .toList();
            at.refuseName("the unknown pipeline '" + name.get() + "'", name.get(), names);
        }
        checkContract(draft, definitions);
        TriggerFit.of(draft.trigger(), pipeline).forEach(misfit -> TriggerReader.refuse(draft.fields(), misfit));
    }

    private static void checkContract(Draft draft, Definitions definitions) {
        List<String> subjects =
                definitions.contracts().stream().map(it -> it.subject().value()).toList();
        draft.trigger()
                .contract()
                .filter(subject -> !subjects.contains(subject) && definitions.areSound())
                .ifPresent(subject -> draft.fields()
                        .member("contract")
                        .orElseThrow()
                        .refuseName("the unknown contract '" + subject + "'", subject, subjects));
    }

    /** One group reads one topic: members that want different topics would wait for each other at every rebalance. */
    private static void refuseClashes(List<Draft> drafts) {
        Map<String, String> topics = new TreeMap<>();
        TriggerDefinition orders = TriggerDefinition.ordersPlaced(KeyOrder.PER_KEY);
        if (drafts.stream().noneMatch(draft -> draft.trigger().name().equals(orders.name()))) {
            topics.put(orders.group(), orders.topic());
        }
        for (Draft draft : drafts) {
            TriggerDefinition trigger = draft.trigger();
            String topic = topics.putIfAbsent(trigger.group(), trigger.topic());
            if (topic != null && !topic.equals(trigger.topic())) {
                draft.fields()
                        .key("group")
                        .refuse(
                                "the group '" + trigger.group() + "', which reads " + topic + " already",
                                "a group of its own for " + trigger.topic());
            }
        }
    }
}
