package io.reprise.cli.generate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What is sent in which order: some events come late, and bytes that are none may come between them. The seed decides. */
final class Parcels {

    private static final int HUNDRED = 100;
    private static final int LATEST_HOURS = 48;

    private final ShopEvents events;
    private final int latePercent;
    private final int poisonPercent;

    Parcels(ShopEvents events, int latePercent, int poisonPercent) {
        this.events = events;
        this.latePercent = latePercent;
        this.poisonPercent = poisonPercent;
    }

    /**
     * Every event of these days once; late ones come behind the day after theirs.
     *
     * @param taker answers whether it wants more
     */
    void ofDays(List<LocalDate> days, int perDay, Predicate<Parcel> taker) {
        List<ShopEvent> late = new ArrayList<>();
        for (LocalDate day : days) {
            List<ShopEvent> before = List.copyOf(late);
            late.clear();
            long number = 0;
            for (ShopEvent event : (Iterable<ShopEvent>) events.ofDay(day, perDay)::iterator) {
                RandomGenerator fate = events.fate(day, number++);
                boolean isLate = happens(latePercent, fate);
                if (isLate) {
                    late.add(event);
                }
                boolean goesOn = isLate || taker.test(new Parcel.Sale(event, false));
                if (!goesOn || !poisonedAt(event.occurredAt(), fate, taker)) {
                    return;
                }
            }
            if (!all(before, taker)) {
                return;
            }
        }
        all(late, taker);
    }

    private static boolean all(List<ShopEvent> late, Predicate<Parcel> taker) {
        return late.stream().allMatch(event -> taker.test(new Parcel.Sale(event, true)));
    }

    private boolean poisonedAt(Instant moment, RandomGenerator fate, Predicate<Parcel> taker) {
        if (!happens(poisonPercent, fate)) {
            return true;
        }
        Parcel.Ailment[] all = Parcel.Ailment.values();
        return taker.test(new Parcel.Poison(all[fate.nextInt(all.length)], moment));
    }

    /** The event with this number of what happens now, and what comes with it. */
    List<Parcel> live(Instant start, long number, Instant now) {
        RandomGenerator fate = events.fate(LocalDate.EPOCH, number);
        boolean isLate = happens(latePercent, fate);
        Instant occurredAt = isLate ? now.minus(Duration.ofHours(24 + fate.nextInt(LATEST_HOURS - 24))) : now;
        List<Parcel> parcels = new ArrayList<>();
        parcels.add(new Parcel.Sale(events.live(start, number, occurredAt), isLate));
        poisonedAt(now, fate, parcels::add);
        return parcels;
    }

    private static boolean happens(int percent, RandomGenerator fate) {
        return fate.nextInt(HUNDRED) < percent;
    }
}
