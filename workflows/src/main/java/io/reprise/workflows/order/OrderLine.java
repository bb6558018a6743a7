package io.reprise.workflows.order;

/** So many of one thing at one price, in minor units. */
public record OrderLine(Sku sku, int quantity, long unitPriceMinor) {

    public static final int MOST = 1_000_000;

    public OrderLine {
        if (quantity < 1 || quantity > MOST) {
            throw new IllegalArgumentException(
                    "cannot order " + quantity + " of " + sku + " (expected: 1 to " + MOST + ")");
        }
        if (unitPriceMinor < 0) {
            throw new IllegalArgumentException(
                    "cannot order " + sku + " at a unit price of " + unitPriceMinor + " (expected: 0 or more)");
        }
        Math.multiplyExact(quantity, unitPriceMinor);
    }

    public long amountMinor() {
        return Math.multiplyExact(quantity, unitPriceMinor);
    }
}
