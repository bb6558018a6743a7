package io.reprise.bench.chaos;

/** A line of a planned order. */
record Line(String sku, int quantity, long unitPriceMinor) {

    long amountMinor() {
        return Math.multiplyExact(quantity, unitPriceMinor);
    }
}
