package io.reprise.bench.shared;

import java.math.BigDecimal;

/** What a figure should reach. */
public sealed interface Goal {

    static Goal atLeast(double bound) {
        return new AtLeast(BigDecimal.valueOf(bound));
    }

    static Goal atMost(double bound) {
        return new AtMost(BigDecimal.valueOf(bound));
    }

    static Goal none() {
        return new AtMost(BigDecimal.ZERO);
    }

    BigDecimal bound();

    boolean isMetBy(BigDecimal value);

    record AtLeast(BigDecimal bound) implements Goal {

        @Override
        public boolean isMetBy(BigDecimal value) {
            return value.compareTo(bound) >= 0;
        }

        @Override
        public String toString() {
            return "≥ " + Figure.plain(bound).toPlainString();
        }
    }

    record AtMost(BigDecimal bound) implements Goal {

        @Override
        public boolean isMetBy(BigDecimal value) {
            return value.compareTo(bound) <= 0;
        }

        @Override
        public String toString() {
            return "≤ " + Figure.plain(bound).toPlainString();
        }
    }
}
