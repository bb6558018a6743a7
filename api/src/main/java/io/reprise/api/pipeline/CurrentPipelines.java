package io.reprise.api.pipeline;

import io.reprise.api.shared.Refused;
import io.reprise.catalog.pipeline.AfterDefinition;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.pipeline.Definitions;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The pipelines of the applied catalog. */
public final class CurrentPipelines {

    private static final String KIND = "pipeline";

    private final Definitions definitions;

    public CurrentPipelines(Definitions definitions) {
        this.definitions = definitions;
    }

    public Optional<CurrentPipeline> named(String name) {
        return definitions.current(KIND, name).map(CurrentPipelines::read);
    }

    Optional<CurrentPipeline> byHash(String hash) {
        return definitions.byHash(hash).map(CurrentPipelines::read);
    }

    /** Refuses where the catalog has none of that name. */
    public CurrentPipeline required(String name) {
        return named(name).orElseThrow(() -> Refused.notFound("a pipeline", name));
    }

    NamedPage<CurrentPipeline> page(NamedPageRequest request) {
        NamedPage<Definition> page = definitions.page(KIND, request);
        return new NamedPage<>(page.items().stream().map(CurrentPipelines::read).toList(), page.next());
    }

    /** The pipelines that run after one, and those that run after these, and so on. */
    public NavigableSet<String> after(String name) {
        List<PipelineDefinition> all = definitions.current(KIND).stream()
                .map(it -> read(it).definition())
                .toList();
        NavigableSet<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String before = open.pop();
            all.stream()
                    .filter(it ->
                            it.after().stream().map(AfterDefinition::pipeline).anyMatch(before::equals))
                    .map(it -> it.name().value())
                    .filter(found::add)
                    .forEach(open::push);
        }
        return found;
    }

    private static CurrentPipeline read(Definition definition) {
        return new CurrentPipeline(definition.hash(), PipelineDefinition.fromJson(definition.text()));
    }
}
