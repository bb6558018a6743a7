package io.reprise.catalog.schedule;

import io.reprise.catalog.shared.NearestName;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a pipeline says of time: {@code slot} and {@code schedule}.
 *
 * <p>Refused: zones that do not exist, cron expressions that are none or never fire, and slots in another zone than the
 * schedule.
 */
public final class TimeReader {

    private enum SlotWord {
        NONE,
        HOUR,
        DAY,
        MONTH
    }

    public static final List<String> SLOT_KEYS = List.of("size", "zone");
    public static final List<String> SCHEDULE_KEYS = List.of("cron", "zone", "start", "missed", "jitter");

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration LONGEST_JITTER = Duration.ofHours(1);

    // No clocks change on it anywhere.
    private static final Instant SOME_DAY = Instant.parse("2026-01-07T00:00:00Z");
    private static final int HOURS_OF_A_DAY = 24;

    private TimeReader() {}

    public static PipelineTime read(YamlObject pipeline) {
        Optional<YamlValue> slot = pipeline.member("slot");
        Optional<YamlObject> fields = slot.filter(YamlValue::isObject).flatMap(value -> value.object(SLOT_KEYS));
        Optional<ZoneId> slotZone = fields.flatMap(it -> it.member("zone")).flatMap(TimeReader::zone);
        Optional<YamlValue> size = fields.isPresent()
                ? fields.flatMap(it -> it.required("size", "hour, day or month"))
                : slot.filter(value -> !value.isObject());
        Optional<ScheduleDefinition> schedule = pipeline.member("schedule")
                .flatMap(value -> value.object(SCHEDULE_KEYS))
                .flatMap(it -> schedule(it, slotZone.orElse(UTC)));
        ZoneId zone = schedule.map(ScheduleDefinition::zone).or(() -> slotZone).orElse(UTC);
        if (!zone.equals(slotZone.orElse(zone))) {
            pipeline.key("slot").refuse("slots in " + slotZone.get(), "the zone of its schedule, " + zone);
        }
        Optional<SlotCalendar> calendar = size.flatMap(TimeReader::kind).map(kind -> new SlotCalendar(kind, zone));
        if (calendar.isPresent() && schedule.isPresent() && skipsHours(calendar.get(), schedule.get())) {
            pipeline.key("schedule")
                    .warn(
                            "a cron that leaves out hours, which are neither run nor called missed",
                            "one that fires every hour, such as 0 * * * *, or slot: day");
        }
        return new PipelineTime(calendar, schedule);
    }

    /** Each firing runs one slot. */
    private static boolean skipsHours(SlotCalendar calendar, ScheduleDefinition schedule) {
        if (calendar.kind() != SlotKind.HOUR) {
            return false;
        }
        try {
            Cron cron = Cron.of(schedule.cron(), schedule.zone());
            List<SlotValue> slots = cron.between(SOME_DAY, SOME_DAY.plus(Duration.ofDays(1)))
                    .map(calendar::endedBy)
                    .distinct()
                    .toList();
            return slots.size() < HOURS_OF_A_DAY;
        } catch (BadCron impossible) {
            throw new IllegalStateException("cron '" + schedule.cron() + "' was read just now", impossible);
        }
    }

    private static Optional<SlotKind> kind(YamlValue value) {
        return YamlObject.word(value, SlotWord.class).flatMap(word -> switch (word) {
            case NONE -> Optional.empty();
            case HOUR -> Optional.of(SlotKind.HOUR);
            case DAY -> Optional.of(SlotKind.DAY);
            case MONTH -> Optional.of(SlotKind.MONTH);
        });
    }

    private static Optional<ScheduleDefinition> schedule(YamlObject fields, ZoneId usual) {
        Optional<ZoneId> zone =
                fields.has("zone") ? fields.member("zone").flatMap(TimeReader::zone) : Optional.of(usual);
        Optional<String> cron = fields.required("cron", "five fields, such as 0 3 * * *")
                .flatMap(value -> cron(value, zone.orElse(usual)));
        Optional<LocalDate> start = fields.member("start").flatMap(TimeReader::date);
        MissedPolicy missed = fields.word("missed", MissedPolicy.class).orElse(MissedPolicy.ALL);
        Duration jitter =
                fields.duration("jitter", Duration.ZERO, LONGEST_JITTER).orElse(Duration.ZERO);
        if (cron.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ScheduleDefinition(cron.get(), zone.get(), start, missed, jitter));
    }

    private static Optional<String> cron(YamlValue value, ZoneId zone) {
        Optional<String> text = value.text();
        if (text.isEmpty()) {
            return text;
        }
        try {
            return Optional.of(Cron.of(text.get(), zone).expression());
        } catch (BadCron bad) {
            value.refuse(bad.found(), bad.expected());
            return Optional.empty();
        }
    }

    static Optional<ZoneId> zone(YamlValue value) {
        Optional<String> text = value.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (ZoneId.getAvailableZoneIds().contains(text.get())) {
            return Optional.of(ZoneId.of(text.get()));
        }
        value.refuseNear(
                "the unknown zone '" + text.get() + "'",
                "a zone like Europe/Berlin or UTC",
                NearestName.to(text.get(), ZoneId.getAvailableZoneIds()));
        return Optional.empty();
    }

    private static Optional<LocalDate> date(YamlValue value) {
        Optional<String> text = value.text();
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeException noDate) {
            value.refuse(value.words(), "a date like 2026-01-31");
            return Optional.empty();
        }
    }
}
