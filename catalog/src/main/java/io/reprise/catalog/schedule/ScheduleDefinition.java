package io.reprise.catalog.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a pipeline is started by itself.
 *
 * @param start the first local day on which it may fire; empty for the day on which it was first applied
 * @param jitter how much later than its firing a run may start, so that not all start at midnight
 */
public record ScheduleDefinition(
        String cron, ZoneId zone, Optional<LocalDate> start, MissedPolicy missed, Duration jitter) {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    public Cron asCron() {
        try {
            return Cron.of(cron, zone);
        } catch (BadCron impossible) {
            throw new IllegalStateException("cron '" + cron + "' was checked when it was read", impossible);
        }
    }

    /** The name of a firing of a pipeline that stands for no time, such as {@code 2026-11-19T050000Z}. */
    public static String nameOf(Instant firing) {
        return MOMENT.format(firing);
    }

    /** The instant from which on it may fire. */
    public Optional<Instant> startInstant() {
        return start.map(day -> day.atStartOfDay(zone).toInstant());
    }

    /** All firings from an instant up to but without another, none of them before its start. */
    public Stream<Instant> firings(Instant from, Instant to) {
        Instant first = startInstant().filter(from::isBefore).orElse(from);
        return asCron().between(first, to);
    }
}
