package io.reprise.activities.sql;

import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps outputs small: they travel through the history of the run. */
public final class OutputLimits {

    /** An output is not there, or larger than a history should carry. */
    public static final String OUTPUT_REFUSED = "OutputRefused";

    static final int LARGEST = 1_024;
    static final int LARGEST_TOGETHER = 16 * 1_024;

    /** Digits that a reader keeps who takes JSON's numbers for binary fractions. */
    private static final int SAFE_DIGITS = 15;

    private OutputLimits() {}

    static @Nullable Object scalar(String name, SqlValue value) {
        int bytes = size(value.shown());
        if (bytes > LARGEST) {
            throw refused("cannot hand on output " + name + ": it has " + bytes + " bytes (expected: " + LARGEST
                    + " or less; keep it in a table and hand on its key)");
        }
        return switch (value) {
            case SqlValue.Absent _ -> null;
            case SqlValue.Whole whole -> whole.value();
            case SqlValue.Truth truth -> truth.value();
            case SqlValue.Decimal decimal -> decimal(decimal.value());
            case SqlValue.Text text -> text.value();
            case SqlValue.Day day -> day.shown();
            case SqlValue.Moment moment -> moment.shown();
        };
    }

    /** The same outputs, unless they are too large together: {@code 1 KB} each, {@code 16 KB} in all. */
    public static Map<String, @Nullable Object> checked(Map<String, @Nullable Object> outputs) {
        int bytes = outputs.entrySet().stream()
                .mapToInt(output -> size(output.getKey()) + size(String.valueOf(output.getValue())))
                .sum();
        if (bytes > LARGEST_TOGETHER) {
            throw refused("cannot hand on " + outputs.size() + " outputs: they have " + bytes
                    + " bytes together (expected: " + LARGEST_TOGETHER + " or less)");
        }
        return outputs;
    }

    private static Object decimal(BigDecimal decimal) {
        return decimal.precision() > SAFE_DIGITS ? decimal.toPlainString() : decimal;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static ApplicationFailure refused(String message) {
        return ApplicationFailure.newNonRetryableFailure(message, OUTPUT_REFUSED);
    }
}
