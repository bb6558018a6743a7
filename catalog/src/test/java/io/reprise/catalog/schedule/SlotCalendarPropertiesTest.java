package io.reprise.catalog.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Failing samples are printed with their seed. */
class SlotCalendarPropertiesTest {

    @Property(tries = 3_000)
    void anInstantLiesInItsSlotAndTheSlotIsFoundByItsName(
            @ForAll("calendars") SlotCalendar calendar, @ForAll("instants") Instant instant) throws BadSlot {
        SlotValue slot = calendar.at(instant);

        assertThat(slot.start()).isBeforeOrEqualTo(instant);
        assertThat(slot.end()).isAfter(instant);
        assertThat(calendar.named(slot.name())).isEqualTo(slot);
        assertThat(calendar.at(slot.start())).isEqualTo(slot);
        assertThat(calendar.at(slot.end().minusNanos(1))).isEqualTo(slot);
    }

    @Property(tries = 3_000)
    void slotsFollowEachOtherWithoutGapsAndOverlaps(
            @ForAll("calendars") SlotCalendar calendar, @ForAll("instants") Instant instant) {
        SlotValue slot = calendar.at(instant);

        assertThat(calendar.after(slot).start()).isEqualTo(slot.end());
        assertThat(calendar.before(slot).end()).isEqualTo(slot.start());
        assertThat(calendar.before(calendar.after(slot))).isEqualTo(slot);
        assertThat(calendar.endedBy(slot.end())).isEqualTo(slot);
        assertThat(calendar.after(slot).name()).isNotEqualTo(slot.name());
    }

    @Provide
    Arbitrary<SlotCalendar> calendars() {
        return Arbitraries.of(SlotKind.values())
                .flatMap(kind -> Arbitraries.of(ZoneId.getAvailableZoneIds())
                        .map(zone -> new SlotCalendar(kind, ZoneId.of(zone))));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("1975-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2037-01-01T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }
}
