package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.pipeline.Definitions;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The definitions of pipelines that the ledger keeps. A text never changes, so each is read once; what is current is asked for
 * again when the catalog has changed.
 */
public final class KnownPipelines {

    private static final String KIND = "pipeline";
    private static final int REMEMBERED = 256;

    private final Definitions definitions;
    private final Map<String, KnownPipeline> read = Collections.synchronizedMap(new Remembered());
    private volatile Catalog catalog = new Catalog(-1, Map.of());

    /** What is current under a revision, by name. */
    private record Catalog(long revision, Map<String, KnownPipeline> pipelines) {}

    public KnownPipelines(Definitions definitions) {
        this.definitions = definitions;
    }

    /** What new runs of that name are made from. */
    public Optional<KnownPipeline> current(String name) {
        return Optional.ofNullable(catalog().pipelines().get(name));
    }

    /** All of them, by name. */
    public List<KnownPipeline> current() {
        return List.copyOf(catalog().pipelines().values());
    }

    private Catalog catalog() {
        Catalog known = catalog;
        long revision = definitions.revision();
        if (known.revision() == revision) {
            return known;
        }
        Map<String, KnownPipeline> pipelines = new TreeMap<>();
        definitions.current(KIND).forEach(it -> pipelines.put(it.name(), read(it)));
        Catalog read = new Catalog(revision, Collections.unmodifiableMap(pipelines));
        catalog = read;
        return read;
    }

    /** What was current under that name at an instant. */
    public Optional<KnownPipeline> asOf(String name, Instant instant) {
        return definitions.asOf(KIND, name, instant).map(this::read);
    }

    public Optional<KnownPipeline> byHash(String hash) {
        KnownPipeline known = read.get(hash);
        return known != null ? Optional.of(known) : definitions.byHash(hash).map(this::read);
    }

    private KnownPipeline read(Definition definition) {
        return read.computeIfAbsent(
                definition.hash(), hash -> new KnownPipeline(hash, PipelineDefinition.fromJson(definition.text())));
    }

    private static final class Remembered extends LinkedHashMap<String, KnownPipeline> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KnownPipeline> eldest) {
            return size() > REMEMBERED;
        }
    }
}
