package io.reprise.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotLauncherTest {

    private static final Instant FIRING = Instant.parse("2026-11-20T00:00:00Z");

    @Test
    void launchesForTheInstantAtWhichItWasToFireNotForTheOneAtWhichItDid() {
        try (ScriptedLaunch launch = new ScriptedLaunch(0)) {

            Launched launched = launch.launch(Optional.of(FIRING));

            assertThat(launch.firings()).containsExactly(FIRING);
            assertThat(launched.slot()).isEqualTo("2026-11-19");
        }
    }

    @Test
    void launchesForNowWhereNoScheduleStartedIt() {
        try (ScriptedLaunch launch = new ScriptedLaunch(0)) {
            Instant now = launch.now();

            launch.launch(Optional.empty());

            assertThat(launch.firings()).hasSize(1);
            assertThat(launch.firings().getFirst()).isCloseTo(now, within(1, ChronoUnit.MINUTES));
        }
    }

    @Test
    void asksForTheSameFiringUntilTheLedgerAnswers() {
        try (ScriptedLaunch launch = new ScriptedLaunch(8)) {

            launch.launch(Optional.of(FIRING));

            assertThat(launch.firings()).hasSize(9).containsOnly(FIRING);
        }
    }
}
