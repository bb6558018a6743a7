package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.schedule.BadCron;
import io.reprise.catalog.schedule.MissedPolicy;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MissedFiringsTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final MissedFirings missed =
            new MissedFirings(stage.ledger().schedules(), stage.ledger().runs(), stage.launcher());

    @Test
    void allRunsEveryDayThatWasMissedSinceTheStart() throws BadCron {
        stage.apply(Sketches.daily("daily"));
        stage.clock().moveTo("2026-10-05T12:00:00Z");

        catchUp("daily");

        assertThat(stage.workflowIds("daily"))
                .containsExactly(
                        "daily/2026-09-30",
                        "daily/2026-10-01",
                        "daily/2026-10-02",
                        "daily/2026-10-03",
                        "daily/2026-10-04");
    }

    @Test
    void latestRunsTheNewestOfThemOnly() throws BadCron {
        stage.apply(Sketches.daily("daily").missed(MissedPolicy.LATEST));
        stage.clock().moveTo("2026-10-05T12:00:00Z");

        catchUp("daily");

        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-04");
    }

    @Test
    void noneRunsWhatIsMerelyLateAndNothingThatWasMissed() throws BadCron {
        stage.apply(Sketches.daily("daily").missed(MissedPolicy.NONE));
        stage.clock().moveTo("2026-10-05T00:05:00Z");

        catchUp("daily");

        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-04");
    }

    @Test
    void twoThatCatchUpAtOnceAcceptEachSlotOnce() throws Exception {
        stage.apply(Sketches.daily("daily"));
        stage.clock().moveTo("2026-10-31T12:00:00Z");
        List<Callable<Boolean>> keepers = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            keepers.add(() -> {
                catchUp("daily");
                return true;
            });
        }

        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : workers.invokeAll(keepers)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(stage.workflowIds("daily")).hasSize(31).allMatch(id -> !id.contains("~"));
        assertThat(stage.schedule("daily").checkedUntil().orElseThrow()).isBefore("2026-10-31T12:00:00Z");
    }

    @Test
    void oneThatWasLostBetweenTheAcceptanceAndTheCursorAcceptsNothingTwice() throws BadCron {
        stage.apply(Sketches.daily("daily"));
        stage.launcher().launch("daily", Instant.parse("2026-10-02T00:00:00Z"));

        catchUp("daily");

        assertThat(stage.workflowIds("daily"))
                .containsExactly("daily/2026-09-30", "daily/2026-10-01", "daily/2026-10-02");
    }

    @Test
    void keepsToTheLimitOfSlotsAtOnceAndGoesOnWhenOneHasEnded() throws BadCron {
        stage.apply(Sketches.daily("daily").slots(2));
        stage.clock().moveTo("2026-10-05T12:00:00Z");

        catchUp("daily");
        List<String> first = stage.workflowIds("daily");
        stage.end("daily", "2026-09-30", Forward.SUCCEEDED);
        catchUp("daily");

        assertThat(first).containsExactly("daily/2026-09-30", "daily/2026-10-01");
        assertThat(stage.workflowIds("daily"))
                .containsExactly("daily/2026-09-30", "daily/2026-10-01", "daily/2026-10-02");
    }

    @Test
    void whatFallsDueDuringAPauseIsRunAfterIt() throws BadCron {
        stage.apply(Sketches.daily("daily"));
        catchUp("daily");
        stage.ledger().schedules().pause("daily", "the source is repaired", "ann");
        stage.clock().moveTo("2026-10-06T12:00:00Z");

        catchUp("daily");
        int whilePaused = stage.runs("daily").size();
        stage.ledger().schedules().resume("daily");
        catchUp("daily");

        assertThat(whilePaused).isEqualTo(3);
        assertThat(stage.runs("daily")).hasSize(6);
    }

    @Test
    void anHourThatTheClocksLeaveOutOrShowTwiceDropsAndDoublesNoDay() throws BadCron {
        stage.apply(Sketches.daily("spring").in("Europe/Berlin").at("30 2 * * *"));
        stage.clock().moveTo("2027-03-31T12:00:00Z");

        catchUp("spring");

        assertThat(stage.workflowIds("spring"))
                .hasSize(182)
                .contains("spring/2026-10-24", "spring/2026-10-25", "spring/2027-03-27", "spring/2027-03-28");
    }

    private void catchUp(String name) throws BadCron {
        while (missed.catchUp(
                stage.schedule(name), stage.pipeline(name), stage.clock().instant())) {
            Thread.onSpinWait();
        }
    }
}
