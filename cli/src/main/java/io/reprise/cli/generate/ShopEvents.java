package io.reprise.cli.generate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The events of a shop in which few products sell often and most seldom. The seed and the number of an event decide it. */
final class ShopEvents {

    private static final List<String> REGIONS = List.of("EU", "EU", "EU", "US", "US");
    private static final List<String> CHANNELS = List.of("web", "web", "app", "store");
    private static final List<String> PAYMENTS = List.of("CARD", "CARD", "INVOICE", "CASH");
    private static final List<Integer> VERSIONS = List.of(1, 2, 2, 3, 3);
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");
    private static final int PRODUCTS = 1_000;
    private static final int MOST_OF_A_LINE = 5;
    private static final int LINES_OF_AN_ORDER = 2;

    private final long seed;

    ShopEvents(long seed) {
        this.seed = seed;
    }

    /** So many events, spread over the day. */
    Stream<ShopEvent> ofDay(LocalDate day, int count) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Duration between = Duration.ofDays(1).dividedBy(Math.max(1, count));
        return LongStream.range(0, count)
                .mapToObj(number -> event(
                        chance(day, number), number, start.plus(between.multipliedBy(number)), 0, day.toString()));
    }

    /**
     * The event with this number of what happens live.
     *
     * @param start of the generator: another one makes other events of the same seed
     */
    ShopEvent live(Instant start, long number, Instant now) {
        return event(
                chance(LocalDate.EPOCH, number),
                number,
                now,
                start.toEpochMilli(),
                Long.toString(start.toEpochMilli()));
    }

    /** Decides what else happens to the event with this number, such as being late. */
    RandomGenerator fate(LocalDate stream, long number) {
        return CHANCE.create(~start(stream, number));
    }

    private RandomGenerator chance(LocalDate stream, long number) {
        return CHANCE.create(start(stream, number));
    }

    /** Far apart for neighbouring seeds and days, or one would make events that another made under other numbers. */
    private long start(LocalDate stream, long number) {
        return seed * 0x9E3779B97F4A7C15L + stream.toEpochDay() * 0xBF58476D1CE4E5B9L + number;
    }

    private static ShopEvent event(RandomGenerator chance, long number, Instant occurredAt, long salt, String series) {
        UUID id = new UUID(
                ((chance.nextLong() ^ salt << 16) & ~0xF000L) | 0x4000L,
                (chance.nextLong() & ~(3L << 62)) | (1L << 63));
        int product = (int) (PRODUCTS * Math.pow(chance.nextDouble(), 3));
        int quantity = 1 + chance.nextInt(MOST_OF_A_LINE);
        return new ShopEvent(
                id,
                occurredAt,
                "e-" + series + "-" + number / LINES_OF_AN_ORDER,
                "sku-" + product,
                one(REGIONS, chance),
                quantity,
                100 + product * 5L,
                one(CHANNELS, chance),
                one(PAYMENTS, chance),
                one(VERSIONS, chance));
    }

    private static <T> T one(List<T> of, RandomGenerator chance) {
        return of.get(chance.nextInt(of.size()));
    }
}
