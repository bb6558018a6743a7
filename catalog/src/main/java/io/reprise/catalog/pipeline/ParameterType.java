package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reprise.catalog.shared.Scalars;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Of which type a parameter is. */
public enum ParameterType {
    @JsonProperty("string")
    STRING("a text of at most 1000 characters"),
    @JsonProperty("integer")
    INTEGER("a whole number of at most 18 digits"),
    @JsonProperty("number")
    NUMBER("a number like 12.5"),
    @JsonProperty("boolean")
    BOOLEAN("true or false"),
    @JsonProperty("date")
    DATE("a date like 2026-01-31");

    private static final int LONGEST = 1_000;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private final String expected;

    ParameterType(String expected) {
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    /** A text, a whole number, a decimal or a truth value; empty where the text is none of this type. */
    Optional<Object> read(String text) {
        return switch (this) {
            case STRING -> text.length() <= LONGEST ? Optional.of(text) : Optional.empty();
            case INTEGER -> WHOLE.matcher(text).matches() ? Optional.of(Scalars.whole(text)) : Optional.empty();
            case NUMBER -> DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
            case BOOLEAN -> truth(text);
            case DATE -> date(text);
        };
    }

    private static Optional<Object> truth(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    private static Optional<Object> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text).toString());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
