package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a run in Temporal: {@code <feature>/<name>[/<slot>[,<key>…]][~<generation>]}. Generation 1 is not written; a
 * retry of an undone run is the next one and so has step keys of its own.
 */
public record WorkflowId(@JsonValue String value) {

    private static final int LONGEST = 255;
    private static final Pattern FORM = Pattern.compile("(?<feature>[a-z][a-z-]*)/(?<name>" + Name.FORM
            + ")(/(?<slot>[A-Za-z0-9._:,-]+))?(~(?<generation>[2-9]|[1-9][0-9]{1,6}))?");

    @JsonCreator
    public WorkflowId {
        if (!isWorkflowId(value)) {
            throw new IllegalArgumentException("cannot use '" + value + "' as a workflow id (expected: "
                    + "<feature>/<name>[/<slot>[,<key>…]][~<generation>], at most " + LONGEST + " characters)");
        }
    }

    public static boolean isWorkflowId(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    public static WorkflowId of(String feature, Name name) {
        return new WorkflowId(feature + "/" + name.value());
    }

    public WorkflowId generation(int generation) {
        String first = value.replaceFirst("~[0-9]+$", "");
        return new WorkflowId(generation == 1 ? first : first + "~" + generation);
    }

    public int generation() {
        String generation = parts().group("generation");
        return generation == null ? 1 : Integer.parseInt(generation);
    }

    public String feature() {
        return parts().group("feature");
    }

    public Name name() {
        return new Name(parts().group("name"));
    }

    /** The slot with its keys, for runs that stand for one. */
    public Optional<String> slot() {
        return Optional.ofNullable(parts().group("slot"));
    }

    public StepKey step(String stepId) {
        return new StepKey(value + ":" + stepId);
    }

    private Matcher parts() {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException("workflow id '" + value + "' was checked when it was made");
        }
        return matcher;
    }

    @Override
    public String toString() {
        return value;
    }
}
