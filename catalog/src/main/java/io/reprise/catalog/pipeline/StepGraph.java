package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which step comes after which. A step needs the one above it, unless it says otherwise; a pivot needs all of them.
 *
 * <p>Refused: ids that stand twice, needs of a step that is not there or of the step itself, and cycles.
 */
final class StepGraph {

    private final Map<String, List<String>> needs = new LinkedHashMap<>();
    private final Set<String> unreadable;

    private StepGraph(Collection<String> unreadable) {
        this.unreadable = new LinkedHashSet<>(unreadable);
    }

    /** @param unreadable ids of steps that stand there, but could not be read */
    static StepGraph of(List<StepDraft> drafts, Collection<String> unreadable) {
        StepGraph graph = new StepGraph(unreadable);
        List<String> ids = drafts.stream().map(StepDraft::id).toList();
        String above = null;
        for (StepDraft draft : drafts) {
            if (graph.needs.containsKey(draft.id())) {
                draft.at("id").refuse("the id '" + draft.id() + "' twice", "an id that stands once");
                continue;
            }
            graph.needs.put(draft.id(), graph.needsOf(draft, Optional.ofNullable(above), ids));
            above = draft.id();
        }
        drafts.forEach(graph::refuseCycle);
        return graph;
    }

    private List<String> needsOf(StepDraft draft, Optional<String> above, List<String> ids) {
        Optional<YamlValue> written = draft.fields().member("needs");
        if (draft.step().head().pivot()) {
            written.ifPresent(value ->
                    draft.at("needs").refuse("'needs' on a pivot", "no needs: a pivot needs every step above it"));
            return List.copyOf(needs.keySet());
        }
        if (written.isEmpty()) {
            return above.map(List::of).orElse(List.of());
        }
        List<String> found = new ArrayList<>();
        for (YamlValue item : written.get().itemsOrOne()) {
            String id = item.text().orElse("");
            if (id.equals(draft.id())) {
                item.refuse("a step that needs itself", "another step");
            } else if (!ids.contains(id) && !unreadable.contains(id)) {
                item.refuseName("the unknown step '" + id + "'", id, ids);
            } else if (found.contains(id)) {
                item.refuse("the step '" + id + "' twice", "it once");
            } else if (ids.contains(id)) {
                found.add(id);
            }
        }
        return ids.stream().filter(found::contains).distinct().toList();
    }

    /** Tells a cycle once, at the step of it that stands first. */
    private void refuseCycle(StepDraft draft) {
        Optional<List<String>> cycle = pathBack(draft.id());
        List<String> ids = List.copyOf(needs.keySet());
        cycle.filter(path -> path.stream().allMatch(id -> ids.indexOf(id) >= ids.indexOf(draft.id())))
                .ifPresent(path -> draft.at("needs")
                        .refuse("the cycle " + String.join(" → ", path), "steps that can be put in an order"));
    }

    /** The shortest way from a step over its needs back to itself. */
    private Optional<List<String>> pathBack(String start) {
        Deque<List<String>> paths = new ArrayDeque<>();
        Set<String> seen = new LinkedHashSet<>();
        paths.add(List.of(start));
        while (!paths.isEmpty()) {
            List<String> path = paths.poll();
            for (String need : needs.getOrDefault(path.getLast(), List.of())) {
                List<String> longer = new ArrayList<>(path);
                longer.add(need);
                if (need.equals(start)) {
                    return Optional.of(longer);
                }
                if (seen.add(need)) {
                    paths.add(longer);
                }
            }
        }
        return Optional.empty();
    }

    List<String> needs(String id) {
        return needs.getOrDefault(id, List.of());
    }

    /** All steps that are over before this one starts. */
    Set<String> before(String id) {
        Set<String> before = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(needs(id));
        while (!open.isEmpty()) {
            String next = open.poll();
            if (before.add(next)) {
                open.addAll(needs(next));
            }
        }
        return before;
    }

    Set<String> ids() {
        return needs.keySet();
    }

    boolean isUnreadable(String id) {
        return unreadable.contains(id);
    }
}
