package io.reprise.api.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Fields;
import io.reprise.workflows.pipeline.OutputName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * With which values a step is to be tried.
 *
 * @param outputs of steps before it, by {@code <step>.<output>}
 */
record TrialWish(Optional<String> slot, Map<String, String> parameters, Map<String, Object> outputs, boolean explain) {

    static final List<String> MEMBERS = List.of("slot", "parameters", "outputs", "explain");

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");

    static TrialWish read(Fields fields) {
        Map<String, Object> outputs = new TreeMap<>();
        fields.object("outputs")
                .ifPresent(object -> object.properties().forEach(output -> {
                    if (!isName(output.getKey()) || !isScalar(output.getValue())) {
                        fields.wrong(
                                "/outputs/" + output.getKey(),
                                output.getValue().toString(),
                                "<step>.<output> and a scalar");
                        return;
                    }
                    outputs.put(output.getKey(), value(output.getValue().asText()));
                }));
        return new TrialWish(
                fields.text("slot"),
                PipelineIntake.parameters(fields),
                outputs,
                fields.text("explain").filter("true"::equals).isPresent());
    }

    private static boolean isName(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && OutputName.isOutput(name.substring(dot + 1));
    }

    private static boolean isScalar(JsonNode value) {
        return value.isValueNode() && !value.isNull();
    }

    /** A command line knows texts only: what looks like a number is one. */
    private static Object value(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
