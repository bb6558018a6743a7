package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name by which a step's output is known in its run: {@code <step id>.<output>}, such as {@code capture.rows}. */
public record OutputName(@JsonValue String value) {

    private static final Pattern OUTPUT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    @JsonCreator
    public OutputName {
        int dot = value.lastIndexOf('.');
        if (dot < 1 || !OUTPUT.matcher(value.substring(dot + 1)).matches()) {
            throw new IllegalArgumentException("cannot read output '" + value + "' (expected: <step id>.<output>)");
        }
    }

    public static OutputName of(String stepId, String output) {
        return new OutputName(stepId + "." + output);
    }

    public static boolean isOutput(String text) {
        return OUTPUT.matcher(text).matches();
    }

    public String stepId() {
        return value.substring(0, value.lastIndexOf('.'));
    }

    public String output() {
        return value.substring(value.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
