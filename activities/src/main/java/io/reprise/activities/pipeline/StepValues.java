package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.StepHead;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values that one step of a run may read, by name; what the step says under {@code with} goes over the others. */
final class StepValues {

    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.\\[\\]-]*)\\}");

    private final Map<String, @Nullable Object> all = new TreeMap<>();
    private final Map<String, @Nullable Object> with = new TreeMap<>();

    private StepValues(String runId, StepKey key) {
        all.put("run_id", runId);
        all.put("step_key", key.value());
    }

    static StepValues of(String runId, StepKey key, PipelineStep step, StepHead head) {
        StepValues values = new StepValues(runId, key);
        Optional.ofNullable(step.slot()).ifPresent(values::put);
        values.all.putAll(step.parameters());
        values.all.putAll(step.outputs());
        return values.with(head);
    }

    /** The same of a step that is undone: all that its run handed on. */
    static StepValues ofUndo(
            String runId,
            StepKey key,
            PipelineInput input,
            Map<String, ? extends @Nullable Object> outputs,
            StepHead head) {
        StepValues values = new StepValues(runId, key);
        Optional.ofNullable(input.slot()).ifPresent(values::put);
        values.all.putAll(input.parameters());
        values.all.putAll(outputs);
        return values.with(head);
    }

    private void put(SlotValue slot) {
        all.put("slot", slot.name());
        all.put("slot_day", slot.day());
        all.put("slot_start", slot.start());
        all.put("slot_end", slot.end());
    }

    private StepValues with(StepHead head) {
        head.with().forEach((name, written) -> with.put(name, resolved(written)));
        all.putAll(with);
        return this;
    }

    /** A text that begins with a colon names another value. */
    @Nullable
    Object resolved(Object written) {
        return written instanceof String text && text.startsWith(":") ? named(text.substring(1)) : written;
    }

    Map<String, @Nullable Object> resolved(Map<String, ?> written) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        written.forEach((name, value) -> values.put(name, resolved(value)));
        return values;
    }

    /** An output that its step does not have stands for nothing. */
    private @Nullable Object named(String name) {
        if (!all.containsKey(name) && !name.contains(".")) {
            throw Refusal.because(
                    "value-unknown", "cannot read value '" + name + "' (expected: one of " + all.keySet() + ")");
        }
        return all.get(name);
    }

    /** A text in which <code>{name}</code> stands for the value of that name. */
    String filled(String text) {
        Matcher place = PLACE.matcher(text);
        return place.replaceAll(found -> Matcher.quoteReplacement(String.valueOf(named(found.group(1)))));
    }

    /**
     * The values as a command finds them in its environment: {@code count.rows} as {@code COUNT_ROWS}. What the worker's own
     * environment has keeps its meaning, unless the step itself says otherwise under {@code with}.
     */
    Map<String, String> environment(Map<String, String> inherited) {
        Map<String, String> environment = new TreeMap<>(variables(all));
        inherited.forEach((name, value) -> {
            if (!name.startsWith("REPRISE_")) {
                environment.put(name, value);
            }
        });
        environment.putAll(variables(with));
        return environment;
    }

    private static Map<String, String> variables(Map<String, @Nullable Object> values) {
        return values.entrySet().stream()
                .filter(value -> value.getValue() != null)
                .collect(Collectors.toMap(
                        value -> value.getKey().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_"),
                        value -> String.valueOf(value.getValue()),
                        (one, other) -> other,
                        TreeMap::new));
    }
}
