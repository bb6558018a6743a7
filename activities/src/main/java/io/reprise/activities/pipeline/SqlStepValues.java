package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Parameter;
import io.reprise.activities.sql.SqlValue;
import io.reprise.catalog.pipeline.ParameterDefinition;
import io.reprise.catalog.pipeline.ParameterType;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.StepKey;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values that the SQL of one step may read, by name. */
final class SqlStepValues {

    private final Map<String, SqlValue> values = new LinkedHashMap<>();

    private SqlStepValues() {}

    static SqlStepValues of(
            PipelineDefinition definition, StepHead head, PipelineStep request, StepKey key, String runId) {
        SqlStepValues values = new SqlStepValues();
        values.put("run_id", runId);
        values.put("step_key", key.value());
        SlotValue slot = request.slot();
        if (slot != null) {
            values.put("slot", slot.name());
            values.put("slot_day", slot.day());
            values.put("slot_start", slot.start());
            values.put("slot_end", slot.end());
        }
        definition.parameters().forEach(parameter -> values.put(parameter, request));
        request.outputs().forEach(values::put);
        values.putWith(head.with());
        return values;
    }

    /** An output of the step itself, for its later parts and for its undo. */
    void hand(String stepId, String output, @Nullable Object value) {
        put(stepId + "." + output, value);
    }

    /** To bind. */
    Map<String, Parameter> parameters() {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Parameter.of(entry.getValue())));
    }

    /** To compare with, as JSON has them. */
    Map<String, @Nullable Object> scalars() {
        Map<String, @Nullable Object> scalars = new HashMap<>();
        values.forEach((name, value) -> scalars.put(name, scalar(value)));
        return scalars;
    }

    private static @Nullable Object scalar(SqlValue value) {
        return switch (value) {
            case SqlValue.Absent _ -> null;
            case SqlValue.Whole whole -> whole.value();
            case SqlValue.Decimal decimal -> decimal.value();
            case SqlValue.Truth truth -> truth.value();
            case SqlValue.Text _, SqlValue.Day _, SqlValue.Moment _ -> value.shown();
        };
    }

    private void put(ParameterDefinition parameter, PipelineStep request) {
        Object given = request.parameters().get(parameter.name());
        Object value = given == null ? parameter.fallback().orElse(null) : given;
        boolean day = parameter.type() == ParameterType.DATE && value instanceof String;
        put(parameter.name(), day ? LocalDate.parse(String.valueOf(value)) : value);
    }

    /** A text that begins with a colon names another value, which may stand among these too. */
    private void putWith(Map<String, Object> with) {
        with.forEach((name, value) -> {
            boolean named = value instanceof String text && text.startsWith(":");
            if (!named) {
                put(name, value);
            }
        });
        with.forEach((name, value) -> {
            if (value instanceof String text && text.startsWith(":")) {
                values.put(name, values.getOrDefault(text.substring(1), new SqlValue.Absent()));
            }
        });
    }

    private void put(String name, @Nullable Object value) {
        values.put(name, SqlValue.of(value));
    }
}
