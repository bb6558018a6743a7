package io.reprise.catalog.schedule;

import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cuts time into slots of one kind in one zone, without gaps and without overlaps. A day lasts from the first instant of its
 * date to the first of the next, so it has 23, 24 or 25 hours. An hour begins whenever the local clock shows a full one; the
 * second of two that an autumn night shows alike is named {@code 2026-10-25T02.2}.
 */
public record SlotCalendar(SlotKind kind, ZoneId zone) {

    private static final Pattern FORM =
            Pattern.compile("(?<month>\\d{4}-\\d{2})(-(?<day>\\d{2})(T(?<hour>\\d{2})(\\.(?<pass>2))?)?)?");

    /** The slot in which an instant lies. */
    public SlotValue at(Instant instant) {
        return switch (kind) {
            case HOUR -> new LocalHours(zone).at(instant);
            case DAY -> day(instant.atZone(zone).toLocalDate());
            case MONTH -> month(YearMonth.from(instant.atZone(zone)));
        };
    }

    /** The latest slot that has ended at an instant: what a schedule that fires then stands for. */
    public SlotValue endedBy(Instant instant) {
        return at(at(instant).start().minusNanos(1));
    }

    public SlotValue after(SlotValue slot) {
        return at(slot.end());
    }

    public SlotValue before(SlotValue slot) {
        return at(slot.start().minusNanos(1));
    }

    /** The slot of a name, such as a person writes. */
    public SlotValue named(String name) throws BadSlot {
        SlotValue found = at(stretch(name).start());
        if (!found.name().equals(name)) {
            throw new BadSlot("cannot use '" + name + "' as a slot (expected: " + form() + ")");
        }
        return found;
    }

    /**
     * All slots from the one up to and with the other, oldest first. A bound may be a larger stretch than a slot: {@code
     * 2026-11} stands for all its days.
     */
    public Stream<SlotValue> between(String from, String to) throws BadSlot {
        Instant start = stretch(from).start();
        Instant end = stretch(to).end();
        if (!start.isBefore(end)) {
            throw new BadSlot("cannot list the slots from " + from + " to " + to
                    + ": the bounds are reversed (expected: the earlier one first; both are included)");
        }
        return Stream.iterate(at(start), slot -> slot.start().isBefore(end), this::after);
    }

    /** What the name of a slot looks like, for messages. */
    public String form() {
        return switch (kind) {
            case HOUR -> "an hour like 2026-11-19T05";
            case DAY -> "a day like 2026-11-19";
            case MONTH -> "a month like 2026-11";
        };
    }

    private record Stretch(Instant start, Instant end) {}

    private Stretch stretch(String name) throws BadSlot {
        Matcher parts = FORM.matcher(name);
        boolean fits = parts.matches() && name.length() <= longest();
        Optional<Stretch> stretch = fits ? stretch(parts) : Optional.empty();
        return stretch.orElseThrow(
                () -> new BadSlot("cannot use '" + name + "' as a slot in " + zone + " (expected: " + form() + ")"));
    }

    private int longest() {
        return switch (kind) {
            case HOUR -> "2026-10-25T02.2".length();
            case DAY -> "2026-10-25".length();
            case MONTH -> "2026-10".length();
        };
    }

    private Optional<Stretch> stretch(Matcher parts) {
        try {
            YearMonth month = YearMonth.parse(parts.group("month"));
            if (parts.group("day") == null) {
                return Optional.of(stretch(month.atDay(1), month.plusMonths(1).atDay(1)));
            }
            LocalDate day = month.atDay(Integer.parseInt(parts.group("day")));
            if (parts.group("hour") == null) {
                return Optional.of(stretch(day, day.plusDays(1)))
                        .filter(it -> it.start().isBefore(it.end()));
            }
            int pass = parts.group("pass") == null ? 1 : 2;
            return new LocalHours(zone)
                    .of(day.atTime(Integer.parseInt(parts.group("hour")), 0), pass)
                    .map(hour -> new Stretch(hour.start(), hour.end()));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private Stretch stretch(LocalDate from, LocalDate to) {
        return new Stretch(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }

    private SlotValue day(LocalDate day) {
        Stretch stretch = stretch(day, day.plusDays(1));
        return slot(day.toString(), stretch);
    }

    private SlotValue month(YearMonth month) {
        Stretch stretch = stretch(month.atDay(1), month.plusMonths(1).atDay(1));
        return slot(month.toString(), stretch);
    }

    private SlotValue slot(String name, Stretch stretch) {
        return new SlotValue(name, kind, zone, stretch.start(), stretch.end());
    }
}
