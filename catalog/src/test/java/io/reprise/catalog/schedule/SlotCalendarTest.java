package io.reprise.catalog.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static SlotCalendar days(ZoneId zone) {
        return new SlotCalendar(SlotKind.DAY, zone);
    }

    private static SlotCalendar hours(ZoneId zone) {
        return new SlotCalendar(SlotKind.HOUR, zone);
    }

    private static Duration length(SlotValue slot) {
        return Duration.between(slot.start(), slot.end());
    }

    @Test
    void aDayIsHalfOpenInItsZone() throws BadSlot {
        SlotValue day = days(BERLIN).named("2026-11-19");

        assertThat(day.start()).isEqualTo("2026-11-18T23:00:00Z");
        assertThat(day.end()).isEqualTo("2026-11-19T23:00:00Z");
        assertThat(day.day()).isEqualTo("2026-11-19");
        assertThat(days(BERLIN).at(day.start())).isEqualTo(day);
        assertThat(days(BERLIN).at(day.end()).name()).isEqualTo("2026-11-20");
    }

    @Test
    void aDayHas23Or25HoursWhereClocksChange() throws BadSlot {
        assertThat(length(days(BERLIN).named("2026-03-29"))).isEqualTo(Duration.ofHours(23));
        assertThat(length(days(BERLIN).named("2026-10-25"))).isEqualTo(Duration.ofHours(25));
        assertThat(length(days(BERLIN).named("2026-10-26"))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void aDayWithoutMidnightBeginsWhenItsClocksDo() throws BadSlot {
        SlotValue day = days(ZoneId.of("Africa/Cairo")).named("2026-04-24");

        assertThat(length(day)).isEqualTo(Duration.ofHours(23));
        assertThat(day.start().atZone(ZoneId.of("Africa/Cairo")).getHour()).isEqualTo(1);
    }

    @Test
    void aDateThatAZoneLeftOutIsNoDay() throws BadSlot {
        SlotCalendar apia = days(ZoneId.of("Pacific/Apia"));

        assertThatExceptionOfType(BadSlot.class)
                .isThrownBy(() -> apia.named("2011-12-30"))
                .withMessage("cannot use '2011-12-30' as a slot in Pacific/Apia (expected: a day like 2026-11-19)");
        assertThat(apia.after(apia.named("2011-12-29")).name()).isEqualTo("2011-12-31");
        assertThat(apia.between("2011-12-28", "2012-01-01")).hasSize(4);
    }

    @Test
    void theSecondOfTwoHoursThatLookAlikeHasANameOfItsOwn() throws BadSlot {
        assertThat(hours(BERLIN).between("2026-10-25", "2026-10-25").map(SlotValue::name))
                .hasSize(25)
                .containsSequence("2026-10-25T01", "2026-10-25T02", "2026-10-25T02.2", "2026-10-25T03");
        assertThat(hours(BERLIN).named("2026-10-25T02").start()).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(hours(BERLIN).named("2026-10-25T02.2").start()).isEqualTo("2026-10-25T01:00:00Z");
    }

    @Test
    void anHourThatClocksLeaveOutIsNone() throws BadSlot {
        assertThat(hours(BERLIN).between("2026-03-29", "2026-03-29").map(SlotValue::name))
                .hasSize(23)
                .containsSequence("2026-03-29T01", "2026-03-29T03")
                .doesNotContain("2026-03-29T02");
        assertThatExceptionOfType(BadSlot.class).isThrownBy(() -> hours(BERLIN).named("2026-03-29T02"));
    }

    @Test
    void clocksThatChangeByHalfAnHourMakeAnHourOfNinetyMinutes() {
        SlotCalendar lordHowe = hours(ZoneId.of("Australia/Lord_Howe"));

        SlotValue back = lordHowe.at(Instant.parse("2026-04-04T15:00:00Z"));

        assertThat(back.name()).isEqualTo("2026-04-05T01");
        assertThat(length(back)).isEqualTo(Duration.ofMinutes(90));
        assertThat(lordHowe.after(back).name()).isEqualTo("2026-04-05T02");
    }

    @Test
    void aFiringStandsForTheSlotThatHasEnded() {
        assertThat(days(BERLIN).endedBy(Instant.parse("2026-11-19T23:00:00Z")).name())
                .isEqualTo("2026-11-19");
        assertThat(days(BERLIN).endedBy(Instant.parse("2026-11-19T22:59:59Z")).name())
                .isEqualTo("2026-11-18");
        assertThat(new SlotCalendar(SlotKind.MONTH, BERLIN)
                        .endedBy(Instant.parse("2026-11-19T22:59:59Z"))
                        .name())
                .isEqualTo("2026-10");
    }

    @Test
    void boundsAreIncludedAndMayBeLargerThanASlot() throws BadSlot {
        assertThat(days(BERLIN).between("2026-02-27", "2026-03-01").map(SlotValue::name))
                .containsExactly("2026-02-27", "2026-02-28", "2026-03-01");
        assertThat(days(BERLIN).between("2026-02", "2026-02")).hasSize(28);
        assertThat(new SlotCalendar(SlotKind.MONTH, BERLIN).between("2025-11", "2026-02"))
                .hasSize(4);
        assertThat(days(BERLIN).between("2023-11-21", "2026-11-20")).hasSize(1096);
    }

    @Test
    void reversedBoundsAreRefusedWithWords() {
        assertThatExceptionOfType(BadSlot.class)
                .isThrownBy(() -> days(BERLIN).between("2026-03-02", "2026-03-01"))
                .withMessage(
                        "cannot list the slots from 2026-03-02 to 2026-03-01: the bounds are reversed (expected: the"
                                + " earlier one first; both are included)");
    }

    @ParameterizedTest
    @CsvSource({
        "DAY,2026-02-30",
        "DAY,2026-11-19T05",
        "DAY,19.11.2026",
        "DAY,2026-11",
        "MONTH,2026-11-19",
        "MONTH,2026-13",
        "HOUR,2026-11-19",
        "HOUR,2026-11-19T24",
        "HOUR,2026-11-19T05.2",
        "DAY,''"
    })
    void refusesWhatIsNoNameOfASlot(SlotKind kind, String name) {
        assertThatExceptionOfType(BadSlot.class)
                .isThrownBy(() -> new SlotCalendar(kind, BERLIN).named(name))
                .withMessageStartingWith("cannot use '" + name + "' as a slot");
    }

    @Test
    void aYearOfDaysIsAYear() throws BadSlot {
        assertThat(days(BERLIN).between("2026-01", "2026-12").map(SlotValue::day))
                .hasSize(365)
                .startsWith(LocalDate.of(2026, 1, 1))
                .endsWith(LocalDate.of(2026, 12, 31));
    }
}
