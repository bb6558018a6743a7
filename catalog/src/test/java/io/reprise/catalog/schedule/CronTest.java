package io.reprise.catalog.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Firings as the local clock shows them. */
    private static List<LocalDateTime> firings(String expression, String from, String to) throws BadCron {
        return Cron.of(expression, BERLIN)
                .between(local(from), local(to))
                .map(firing -> LocalDateTime.ofInstant(firing, BERLIN))
                .toList();
    }

    private static Instant local(String day) {
        return LocalDateTime.parse(day + "T00:00").atZone(BERLIN).toInstant();
    }

    @Test
    void firesByTheClocksOfItsZone() throws BadCron {
        Cron midnight = Cron.of("0 0 * * *", BERLIN);

        assertThat(midnight.after(Instant.parse("2026-11-19T12:00:00Z")))
                .contains(Instant.parse("2026-11-19T23:00:00Z"));
        assertThat(midnight.after(Instant.parse("2026-11-19T23:00:00Z")))
                .contains(Instant.parse("2026-11-20T23:00:00Z"));
        assertThat(midnight.before(Instant.parse("2026-11-19T23:00:00Z")))
                .contains(Instant.parse("2026-11-18T23:00:00Z"));
        assertThat(midnight.before(Instant.parse("2026-11-19T23:00:00.5Z")))
                .contains(Instant.parse("2026-11-19T23:00:00Z"));
    }

    @Test
    void whatFallsIntoTheMissingHourFiresOnceAfterIt() throws BadCron {
        assertThat(firings("30 2 * * *", "2026-03-28", "2026-03-31"))
                .containsExactly(
                        LocalDateTime.parse("2026-03-28T02:30"),
                        LocalDateTime.parse("2026-03-29T03:00"),
                        LocalDateTime.parse("2026-03-30T02:30"));
        assertThat(firings("*/15 2 * * *", "2026-03-29", "2026-03-30"))
                .containsExactly(LocalDateTime.parse("2026-03-29T03:00"));
        assertThat(firings("0 * * * *", "2026-03-29", "2026-03-30")).hasSize(23).doesNotHaveDuplicates();
    }

    @Test
    void aScheduleOfCertainHoursFiresInTheFirstOfTwoPasses() throws BadCron {
        List<Instant> firings = Cron.of("30 2 * * *", BERLIN)
                .between(local("2026-10-25"), local("2026-10-26"))
                .toList();

        assertThat(firings).containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(Cron.of("0 3 * * *", BERLIN).between(local("2026-10-25"), local("2026-10-26")))
                .containsExactly(Instant.parse("2026-10-25T02:00:00Z"));
        assertThat(Cron.of("0 2 * * *", BERLIN).between(local("2026-10-25"), local("2026-10-26")))
                .containsExactly(Instant.parse("2026-10-25T00:00:00Z"));
    }

    @Test
    void aScheduleOfEveryHourFiresInBothPasses() throws BadCron {
        assertThat(Cron.of("0 * * * *", BERLIN).between(local("2026-10-25"), local("2026-10-26")))
                .hasSize(25)
                .contains(Instant.parse("2026-10-25T00:00:00Z"), Instant.parse("2026-10-25T01:00:00Z"));
    }

    @Test
    void bothWaysOfTwoDayFieldsAreTakenAsCronDoes() throws BadCron {
        assertThat(firings("0 0 1 * 1", "2026-11-01", "2026-11-10"))
                .containsExactly(
                        LocalDateTime.parse("2026-11-01T00:00"),
                        LocalDateTime.parse("2026-11-02T00:00"),
                        LocalDateTime.parse("2026-11-09T00:00"));
    }

    @Test
    void findsALeapDayAcrossYears() throws BadCron {
        Cron leap = Cron.of("0 0 29 2 *", BERLIN);

        assertThat(leap.after(Instant.parse("2026-01-01T00:00:00Z"))).contains(Instant.parse("2028-02-28T23:00:00Z"));
        assertThat(leap.before(Instant.parse("2026-01-01T00:00:00Z"))).contains(Instant.parse("2024-02-28T23:00:00Z"));
    }

    @Test
    void aStartInTheFutureFiresNothingBefore() {
        ScheduleDefinition schedule = new ScheduleDefinition(
                "0 0 * * *",
                BERLIN,
                java.util.Optional.of(java.time.LocalDate.parse("2026-11-20")),
                MissedPolicy.ALL,
                java.time.Duration.ZERO);

        assertThat(schedule.firings(local("2026-11-18"), local("2026-11-22")))
                .containsExactly(local("2026-11-20"), local("2026-11-21"));
        assertThat(ScheduleDefinition.nameOf(local("2026-11-20"))).isEqualTo("2026-11-19T230000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void refusesWhatNeverFires(String expression) {
        assertThatExceptionOfType(BadCron.class)
                .isThrownBy(() -> Cron.of(expression, BERLIN))
                .withMessage(
                        "cannot schedule by '" + expression + "', which never fires (expected: a date that exists)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "a b c d e",
                "@daily",
                "*/0 * * * *",
                "5-1 * * * *"
            })
    void refusesWhatIsNoCron(String expression) {
        assertThatExceptionOfType(BadCron.class).isThrownBy(() -> Cron.of(expression, BERLIN));
    }
}
