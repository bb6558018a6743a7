package io.reprise.catalog.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Holds firings against a second, slow reading of the rules, minute by minute. Failing samples are printed with their seed. */
class CronPropertiesTest {

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "America/Havana");

    /** A cron of plain numbers, lists and {@code *}. */
    record Fields(List<Integer> minutes, List<Integer> hours, boolean everyHour, List<Integer> days) {

        String expression() {
            return list(minutes) + " " + (everyHour ? "*" : list(hours)) + " " + (days.isEmpty() ? "*" : list(days))
                    + " * *";
        }

        private static String list(List<Integer> numbers) {
            return String.join(",", numbers.stream().map(String::valueOf).toList());
        }

        boolean fires(LocalDateTime shown) {
            return minutes.contains(shown.getMinute())
                    && (everyHour || hours.contains(shown.getHour()))
                    && (days.isEmpty() || days.contains(shown.getDayOfMonth()));
        }
    }

    @Property(tries = 150)
    void firesExactlyWhenTheRulesSay(
            @ForAll("fields") Fields fields, @ForAll("zones") ZoneId zone, @ForAll("windows") Instant from)
            throws BadCron {
        Instant start = nearAChange(zone, from);
        Instant end = start.plus(Duration.ofDays(2));

        List<Instant> firings =
                Cron.of(fields.expression(), zone).between(start, end).toList();

        assertThat(firings).isEqualTo(List.copyOf(slowly(fields, zone, start, end)));
    }

    @Property(tries = 150)
    void goesBackTheWayItCame(
            @ForAll("fields") Fields fields, @ForAll("zones") ZoneId zone, @ForAll("windows") Instant from)
            throws BadCron {
        Cron cron = Cron.of(fields.expression(), zone);
        Instant start = nearAChange(zone, from);
        Instant end = start.plus(Duration.ofDays(2));
        List<Instant> backwards = new ArrayList<>();
        Optional<Instant> firing = cron.before(end);
        while (firing.filter(it -> !it.isBefore(start)).isPresent()) {
            backwards.addFirst(firing.get());
            firing = cron.before(firing.get());
        }

        assertThat(backwards).isEqualTo(cron.between(start, end).toList());
    }

    /** A day before the next change of the clocks, where there is one. */
    private static Instant nearAChange(ZoneId zone, Instant from) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        return change == null ? from : change.getInstant().minus(Duration.ofDays(1));
    }

    private static Set<Instant> slowly(Fields fields, ZoneId zone, Instant start, Instant end) {
        Set<Instant> firings = new TreeSet<>();
        for (Instant minute = start; minute.isBefore(end); minute = minute.plus(Duration.ofMinutes(1))) {
            LocalDateTime shown = LocalDateTime.ofInstant(minute, zone);
            boolean secondPass = zone.getRules().getValidOffsets(shown).size() == 2
                    && zone.getRules()
                            .getOffset(minute)
                            .equals(zone.getRules().getValidOffsets(shown).get(1));
            if (fields.fires(shown) && (!secondPass || fields.everyHour())) {
                firings.add(minute);
            }
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(start.minusSeconds(1));
        if (change != null && change.isGap() && change.getInstant().isBefore(end)) {
            LocalDateTime left = change.getDateTimeBefore();
            while (left.isBefore(change.getDateTimeAfter())) {
                if (fields.fires(left)) {
                    firings.add(change.getInstant());
                }
                left = left.plusMinutes(1);
            }
        }
        return firings;
    }

    @Provide
    Arbitrary<Fields> fields() {
        Arbitrary<List<Integer>> minutes = Arbitraries.integers()
                .between(0, 59)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .uniqueElements();
        Arbitrary<List<Integer>> hours = Arbitraries.integers()
                .between(0, 23)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .uniqueElements();
        Arbitrary<List<Integer>> days =
                Arbitraries.integers().between(1, 28).list().ofMaxSize(12).uniqueElements();
        return Combinators.combine(minutes, hours, Arbitraries.of(true, false), days)
                .as(Fields::new);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    @Provide
    Arbitrary<Instant> windows() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2009-01-01T00:00:00Z").getEpochSecond() / 60,
                        Instant.parse("2030-01-01T00:00:00Z").getEpochSecond() / 60)
                .map(minutes -> Instant.ofEpochSecond(minutes * 60));
    }
}
