package io.reprise.catalog.schedule;

import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hours that the clocks of one zone show. */
final class LocalHours {

    private final ZoneId zone;
    private final ZoneRules rules;

    LocalHours(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    SlotValue at(Instant instant) {
        Instant start = startOf(instant);
        LocalDateTime shown = shown(start);
        String name = shown.toLocalDate() + "T" + String.format(Locale.ROOT, "%02d", shown.getHour());
        String second = isSecondPass(start, shown) ? ".2" : "";
        return new SlotValue(name + second, SlotKind.HOUR, zone, start, endOf(start));
    }

    /** Empty where clocks do not show that hour, or not as often. */
    Optional<SlotValue> of(LocalDateTime shown, int pass) {
        List<ZoneOffset> offsets = rules.getValidOffsets(shown);
        if (offsets.size() < pass) {
            return Optional.empty();
        }
        return Optional.of(at(shown.toInstant(offsets.get(pass - 1))));
    }

    private boolean isSecondPass(Instant start, LocalDateTime shown) {
        List<ZoneOffset> offsets = rules.getValidOffsets(shown);
        return offsets.size() == 2 && rules.getOffset(start).equals(offsets.get(1));
    }

    /** The latest instant up to this one at which clocks show a full hour. */
    private Instant startOf(Instant instant) {
        Instant from = instant;
        while (true) {
            LocalDateTime shown = shown(from);
            Instant full = shown.truncatedTo(ChronoUnit.HOURS).toInstant(rules.getOffset(from));
            ZoneOffsetTransition change = changeUpTo(from);
            if (change == null || !full.isBefore(change.getInstant())) {
                return full;
            }
            from = change.getInstant().minusNanos(1);
        }
    }

    /** The first instant after a start at which clocks show a full hour. */
    private Instant endOf(Instant start) {
        Instant from = start;
        while (true) {
            Instant full =
                    shown(from).truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant(rules.getOffset(from));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || full.isBefore(change.getInstant())) {
                return full;
            }
            from = change.getInstant();
            if (isFull(shown(from))) {
                return from;
            }
        }
    }

    private @Nullable ZoneOffsetTransition changeUpTo(Instant instant) {
        return rules.previousTransition(instant.plusNanos(1));
    }

    private LocalDateTime shown(Instant instant) {
        return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
    }

    private static boolean isFull(LocalDateTime shown) {
        return shown.equals(shown.truncatedTo(ChronoUnit.HOURS));
    }
}
