package io.reprise.workflows.order;

import java.util.List;
import java.util.regex.Pattern;

/** An order as it was placed. */
public record Order(OrderId orderId, AccountId accountId, String currency, List<OrderLine> lines) {

    public static final int MOST_LINES = 100;
    public static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Order {
        lines = List.copyOf(lines);
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("cannot place " + orderId + " in currency '" + currency
                    + "' (expected: three capital letters, such as EUR)");
        }
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new IllegalArgumentException(
                    "cannot place " + orderId + " with " + lines.size() + " lines (expected: 1 to " + MOST_LINES + ")");
        }
        totalMinor(lines);
    }

    /** What the account pays, in minor units of the currency. */
    public long totalMinor() {
        return totalMinor(lines);
    }

    private static long totalMinor(List<OrderLine> lines) {
        return lines.stream().mapToLong(OrderLine::amountMinor).reduce(0, Math::addExact);
    }
}
