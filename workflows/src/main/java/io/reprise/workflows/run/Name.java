package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A name or business id that may stand in workflow ids, paths and topics. */
public record Name(@JsonValue String value) {

    /** What a name may look like, for messages. */
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    @JsonCreator
    public Name {
        if (!isName(value)) {
            throw new IllegalArgumentException("cannot use '" + value + "' as a name (expected: " + FORM + ")");
        }
    }

    public static boolean isName(String text) {
        return PATTERN.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
