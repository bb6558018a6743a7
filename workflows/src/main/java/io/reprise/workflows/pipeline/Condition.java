package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one output or parameter, such as {@code {capture.rows: {greater: 0}}}.
 *
 * @param value name of an output or of a parameter
 * @param operand a scalar; a text that begins with {@code :} names another output or parameter; null for absence
 */
public record Condition(
        String value,
        Relation is,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object operand) {

    /** What came of a condition. */
    public sealed interface Verdict {
        record Met() implements Verdict {}

        /** It does not hold, because of what was found. */
        record NotMet(String because) implements Verdict {}

        /** The two cannot be compared: nothing may be concluded from it. */
        record Unclear(String because) implements Verdict {}
    }

    public Condition {
        if (value.isBlank() || !(operand == null || isScalar(operand))) {
            throw new IllegalArgumentException("cannot compare '" + value + "' with " + operand
                    + " (expected: the name of an output or parameter, and a number, text or truth value)");
        }
        if (operand == null && is.isOrder()) {
            throw new IllegalArgumentException("cannot ask whether '" + value + "' " + is.words()
                    + " nothing (expected: a number or text; only 'equals' and 'not' take nothing)");
        }
    }

    private static boolean isScalar(Object operand) {
        return operand instanceof Number || operand instanceof String || operand instanceof Boolean;
    }

    /** Holds it against values by name; a name that is not there stands for nothing. */
    public Verdict check(Map<String, ?> values) {
        Object found = values.get(value);
        Object expected =
                operand instanceof String text && text.startsWith(":") ? values.get(text.substring(1)) : operand;
        if (!is.isOrder()) {
            return verdict(Scalars.same(found, expected) == (is == Relation.EQUALS), found, expected);
        }
        if (found == null || expected == null) {
            return new Verdict.NotMet(told(found, expected));
        }
        OptionalInt compared = Scalars.compare(found, expected);
        return compared.isPresent()
                ? verdict(is.holds(compared.getAsInt()), found, expected)
                : new Verdict.Unclear(told(found, expected) + ", and the two cannot be compared");
    }

    private Verdict verdict(boolean met, @Nullable Object found, @Nullable Object expected) {
        return met ? new Verdict.Met() : new Verdict.NotMet(told(found, expected));
    }

    private String told(@Nullable Object found, @Nullable Object expected) {
        return value + " is " + words(found) + " (expected: " + value + " " + is.words() + " " + words(expected) + ")";
    }

    private static String words(@Nullable Object scalar) {
        return scalar instanceof String text ? "'" + text + "'" : Objects.toString(scalar, "not there");
    }
}
