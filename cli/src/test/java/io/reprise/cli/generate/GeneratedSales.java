package io.reprise.cli.generate;

import java.time.LocalDate;

/** What the generator makes of a seed, for whoever compares. */
public final class GeneratedSales {

    private GeneratedSales() {}

    public static long revenueOf(long seed, LocalDate day, int count, String region) {
        return new ShopEvents(seed)
                .ofDay(day, count)
                .filter(event -> event.region().equals(region))
                .mapToLong(event -> event.quantity() * event.unitPriceMinor())
                .sum();
    }
}
