package io.reprise.workflows.pipeline;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Compares scalars as people mean them: 1, 1.0 and '1' are the same number, and texts stand in the order of their letters. */
final class Scalars {

    private Scalars() {}

    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        OptionalInt compared = compare(one, other);
        return compared.isPresent() ? compared.getAsInt() == 0 : one.toString().equals(other.toString());
    }

    /** Empty where the two have no order. */
    static OptionalInt compare(Object one, Object other) {
        if (one instanceof Number || other instanceof Number) {
            Optional<BigDecimal> left = number(one);
            Optional<BigDecimal> right = number(other);
            return left.isPresent() && right.isPresent()
                    ? OptionalInt.of(left.get().compareTo(right.get()))
                    : OptionalInt.empty();
        }
        return one instanceof String text && other instanceof String second
                ? OptionalInt.of(text.compareTo(second))
                : OptionalInt.empty();
    }

    private static Optional<BigDecimal> number(Object scalar) {
        try {
            return scalar instanceof Boolean ? Optional.empty() : Optional.of(new BigDecimal(scalar.toString()));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
