package io.reprise.bench.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** One measured value. With a goal it says whether the goal was met; without, it is only told. */
public record Figure(String name, BigDecimal value, String unit, Optional<Goal> goal) {

    private static final int DIGITS = 3;

    public Figure {
        value = plain(value);
    }

    public static Figure of(String name, double value, String unit) {
        return new Figure(name, BigDecimal.valueOf(value), unit, Optional.empty());
    }

    public static Figure of(String name, double value, String unit, Goal goal) {
        return new Figure(name, BigDecimal.valueOf(value), unit, Optional.of(goal));
    }

    public static Figure count(String name, long value) {
        return new Figure(name, BigDecimal.valueOf(value), "count", Optional.empty());
    }

    public static Figure count(String name, long value, Goal goal) {
        return new Figure(name, BigDecimal.valueOf(value), "count", Optional.of(goal));
    }

    public Optional<Boolean> met() {
        return goal.map(wanted -> wanted.isMetBy(value));
    }

    static BigDecimal plain(BigDecimal value) {
        BigDecimal rounded = value.setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
