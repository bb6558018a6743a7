package io.reprise.catalog.pipeline;

import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds pipelines against those that they run, wait for or come after.
 *
 * <p>Refused: pipelines that are not there, slots of another kind or zone, parameters that are unknown, of another type or
 * missing, and pipelines that come after themselves.
 */
final class NeighbourCheck {

    private final Map<String, PipelineDraft> drafts = new LinkedHashMap<>();
    private final Collection<String> names;
    private final Map<String, List<String>> arrows = new LinkedHashMap<>();

    /** @param names of all pipelines, also of those that could not be read */
    NeighbourCheck(Collection<PipelineDraft> drafts, Collection<String> names) {
        drafts.forEach(draft -> this.drafts.put(draft.name(), draft));
        this.names = names;
    }

    void check() {
        drafts.values().forEach(this::check);
        drafts.values().forEach(this::refuseCycle);
    }

    private void check(PipelineDraft draft) {
        for (AfterDefinition after : draft.definition().after()) {
            YamlValue at = draft.fields().key("after");
            neighbour(draft, after.pipeline(), at).ifPresent(upstream -> {
                requireSameSlots(draft, upstream, at);
                requireParameters(draft, after.parameters(), at);
            });
        }
        for (StepDraft step : draft.steps()) {
            switch (step.step()) {
                case ChildStep child -> check(draft, child, step.at("pipeline"));
                case WaitStep wait -> check(draft, wait, step.at("wait"));
                case SqlStep sql -> {}
                case TransactionStep transaction -> {}
                case CheckStep check -> {}
                case PublishStep publish -> {}
                case CommandStep command -> {}
            }
        }
    }

    private void check(PipelineDraft draft, ChildStep child, YamlValue at) {
        neighbour(draft, child.pipeline(), at).ifPresent(other -> {
            if (child.sameSlot()) {
                requireSameSlots(draft, other, at);
            } else if (other.definition().slot().isPresent()) {
                at.refuse("slot: none for '" + other.name() + "', which has slots", "slot: same");
            }
            requireParameters(other, child.parameters(), at);
        });
    }

    private void check(PipelineDraft draft, WaitStep wait, YamlValue at) {
        if (wait.what() instanceof WaitFor.Run run) {
            neighbour(draft, run.pipeline(), at).ifPresent(other -> {
                requireSameSlots(draft, other, at);
                requireParameters(other, run.parameters(), at);
            });
        }
    }

    private Optional<PipelineDraft> neighbour(PipelineDraft draft, String name, YamlValue at) {
        if (!names.contains(name)) {
            at.refuseName("the unknown pipeline '" + name + "'", name, names);
            return Optional.empty();
        }
        arrows.computeIfAbsent(draft.name(), any -> new ArrayList<>()).add(name);
        return Optional.ofNullable(drafts.get(name));
    }

    private static void requireSameSlots(PipelineDraft one, PipelineDraft other, YamlValue at) {
        Optional<SlotCalendar> ours = one.definition().slot();
        Optional<SlotCalendar> theirs = other.definition().slot();
        if (!ours.equals(theirs)) {
            at.refuse(
                    "'" + other.name() + "' with " + words(theirs),
                    "a pipeline with " + words(ours) + ", as '" + one.name() + "' has");
        }
    }

    private static String words(Optional<SlotCalendar> slot) {
        return slot.map(it -> "slots by " + it.kind().name().toLowerCase(Locale.ROOT) + " in " + it.zone())
                .orElse("no slots");
    }

    private static void requireParameters(PipelineDraft pipeline, Map<String, Object> given, YamlValue at) {
        List<ParameterDefinition> parameters = pipeline.definition().parameters();
        List<String> names = parameters.stream().map(ParameterDefinition::name).toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> at.refuseName(
                        "the unknown parameter '" + name + "' of '" + pipeline.name() + "'", name, names));
        for (ParameterDefinition parameter : parameters) {
            Object value = given.get(parameter.name());
            if (value == null && parameter.fallback().isEmpty()) {
                at.refuse(
                        "no value for the parameter '" + parameter.name() + "' of '" + pipeline.name() + "'",
                        "parameters: {" + parameter.name() + ": …}, for it has no default");
            }
            boolean reference = value instanceof String text && text.startsWith(":");
            if (value != null
                    && !reference
                    && parameter.read(String.valueOf(value)).isEmpty()) {
                at.refuse(
                        "'" + value + "' for the parameter '" + parameter.name() + "' of '" + pipeline.name() + "'",
                        parameter.expected());
            }
        }
    }

    private void refuseCycle(PipelineDraft draft) {
        List<String> open = new ArrayList<>(arrows.getOrDefault(draft.name(), List.of()));
        for (int at = 0; at < open.size(); at++) {
            for (String next : arrows.getOrDefault(open.get(at), List.of())) {
                if (!open.contains(next)) {
                    open.add(next);
                }
            }
        }
        if (open.contains(draft.name())) {
            draft.fields()
                    .key("pipeline")
                    .refuse(
                            "a pipeline that runs, waits for or comes after itself, by way of "
                                    + String.join(", ", arrows.getOrDefault(draft.name(), List.of())),
                            "pipelines that can be put in an order");
        }
    }
}
