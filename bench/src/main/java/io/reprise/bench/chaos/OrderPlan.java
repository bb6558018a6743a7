package io.reprise.bench.chaos;

import io.reprise.bench.chaos.PlannedOrder.Door;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** The orders of one seed. The n-th is the same in every run, whatever happened before it. */
record OrderPlan(long seed) {

    private static final int MOST_LINES = 3;
    private static final int MOST_QUANTITY = 5;
    private static final int HIGHEST_PRICE = 5_000;
    private static final long LATEST_CANCEL_MILLIS = 1_500;

    PlannedOrder order(long number) {
        SplittableRandom chance = new SplittableRandom(seed * 1_000_003 + number);
        Fate fate = fate(chance);
        Door door = door(chance);
        return new PlannedOrder(
                String.format(Locale.ROOT, "chaos-%d-%d", seed, number),
                account(fate, chance),
                fate == Fate.OTHER_CURRENCY ? "USD" : ChaosShop.CURRENCY,
                lines(fate, chance),
                fate,
                door,
                repeats(chance),
                chance.nextInt(100) < 6 ? Optional.of(door(chance)) : Optional.empty(),
                cancelAfter(chance));
    }

    private static Fate fate(SplittableRandom chance) {
        int hundredth = chance.nextInt(100);
        if (hundredth < 68) {
            return Fate.PLENTY;
        }
        if (hundredth < 80) {
            return Fate.LAST_ONES;
        }
        List<Fate> refused =
                List.of(Fate.EMPTY_SKU, Fate.UNKNOWN_SKU, Fate.UNKNOWN_ACCOUNT, Fate.POOR_ACCOUNT, Fate.OTHER_CURRENCY);
        return refused.get((hundredth - 80) % refused.size());
    }

    private static Door door(SplittableRandom chance) {
        return chance.nextBoolean() ? Door.HTTP : Door.KAFKA;
    }

    private static String account(Fate fate, SplittableRandom chance) {
        return switch (fate) {
            case UNKNOWN_ACCOUNT -> ChaosShop.UNKNOWN_ACCOUNT;
            case POOR_ACCOUNT -> ChaosShop.POOR_ACCOUNT;
            case PLENTY, LAST_ONES, EMPTY_SKU, UNKNOWN_SKU, OTHER_CURRENCY ->
                ChaosShop.account(chance.nextInt(ChaosShop.ACCOUNTS));
        };
    }

    /** The sku that decides the order's fate stands at a random place among its lines, so some are reserved before it. */
    private static List<Line> lines(Fate fate, SplittableRandom chance) {
        List<String> skus = new ArrayList<>();
        for (int line = chance.nextInt(MOST_LINES); line >= 0; line--) {
            String sku = ChaosShop.sku(chance.nextInt(ChaosShop.SKUS));
            if (!skus.contains(sku)) {
                skus.add(sku);
            }
        }
        decidingSku(fate, chance).ifPresent(sku -> skus.add(chance.nextInt(skus.size() + 1), sku));
        return skus.stream()
                .map(sku -> new Line(sku, 1 + chance.nextInt(MOST_QUANTITY), 1 + chance.nextInt(HIGHEST_PRICE)))
                .toList();
    }

    private static Optional<String> decidingSku(Fate fate, SplittableRandom chance) {
        return switch (fate) {
            case LAST_ONES -> Optional.of(ChaosShop.scarceSku(chance.nextInt(ChaosShop.SCARCE_SKUS)));
            case EMPTY_SKU -> Optional.of(ChaosShop.EMPTY_SKU);
            case UNKNOWN_SKU -> Optional.of(ChaosShop.UNKNOWN_SKU);
            case PLENTY, UNKNOWN_ACCOUNT, POOR_ACCOUNT, OTHER_CURRENCY -> Optional.empty();
        };
    }

    private static List<Door> repeats(SplittableRandom chance) {
        List<Door> repeats = new ArrayList<>();
        while (repeats.size() < 3 && chance.nextInt(100) < 20) {
            repeats.add(door(chance));
        }
        return repeats;
    }

    private static Optional<Duration> cancelAfter(SplittableRandom chance) {
        return chance.nextInt(100) < 12
                ? Optional.of(Duration.ofMillis(chance.nextLong(LATEST_CANCEL_MILLIS)))
                : Optional.empty();
    }
}
