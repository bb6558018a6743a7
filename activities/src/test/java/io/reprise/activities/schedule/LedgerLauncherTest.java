package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.schedule.Launched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerLauncherTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-10-03T00:00:00Z");

    private final ScheduleStage stage = new ScheduleStage();
    private final LedgerLauncher launcher = stage.launcher();

    @BeforeEach
    void applyCatalog() {
        stage.apply(Sketches.daily("daily"), Sketches.daily("berlin").in("Europe/Berlin"));
    }

    @Test
    void acceptsTheSlotThatHasEndedAndWakesTheStarter() {
        Launched launched = launcher.launch("daily", MIDNIGHT);

        assertThat(launched.slot()).isEqualTo("2026-10-02");
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-02");
        assertThat(stage.runs("daily").getFirst().source()).isEqualTo(LedgerLauncher.SOURCE);
        assertThat(stage.schedule("daily").last().orElseThrow().slot()).isEqualTo("2026-10-02");
        assertThat(stage.wakes()).isEqualTo(1);
    }

    @Test
    void aFiringThatComesTwiceAtOnceIsOneRun() throws Exception {
        List<Callable<Launched>> firings = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            firings.add(() -> stage.launcher().launch("daily", MIDNIGHT));
        }

        List<String> runIds = new ArrayList<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Launched> launched : workers.invokeAll(firings)) {
                runIds.add(String.valueOf(launched.get().runId()));
            }
        }

        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-02");
        assertThat(runIds)
                .hasSize(8)
                .containsOnly(stage.runs("daily").getFirst().ref().runId());
    }

    @Test
    void startsNothingWhilePausedBeforeItsStartOrWithoutACatalog() {
        stage.ledger().schedules().pause("daily", "the source is repaired", "ann");

        assertThat(launcher.launch("daily", MIDNIGHT).words()).contains("paused by ann", "the source is repaired");
        assertThat(launcher.launch("berlin", Instant.parse("2026-09-01T00:00:00Z"))
                        .words())
                .contains("begins at 2026-09-30T22:00:00Z");
        assertThat(launcher.launch("removed", MIDNIGHT).words()).contains("no catalog has this schedule");
        assertThat(stage.runs("daily")).isEmpty();
        assertThat(stage.runs("berlin")).isEmpty();
    }

    @Test
    void theDayOfTwentyFiveHoursIsOneSlot() {
        Launched before = launcher.launch("berlin", Instant.parse("2026-10-24T22:00:00Z"));
        Launched within = launcher.launch("berlin", Instant.parse("2026-10-25T22:00:00Z"));
        Launched after = launcher.launch("berlin", Instant.parse("2026-10-25T23:00:00Z"));

        assertThat(before.slot()).isEqualTo("2026-10-24");
        assertThat(within.words()).startsWith("is not due at 2026-10-25T22:00:00Z");
        assertThat(after.slot()).isEqualTo("2026-10-25");
    }
}
