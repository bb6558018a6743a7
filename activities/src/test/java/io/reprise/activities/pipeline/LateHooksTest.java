package io.reprise.activities.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.schedule.BrokenPromise;
import io.reprise.activities.schedule.ScheduleStage;
import io.reprise.catalog.pipeline.HookAction;
import io.reprise.db.run.LogLine;
import io.reprise.db.run.Run;
import io.reprise.db.shared.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LateHooksTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final LateHooks hooks =
            new LateHooks(stage.ledger(), stage.clock(), Map.of("PATH", System.getenv("PATH"), "REPRISE_SECRET", "s"));

    @Test
    void everyActionIsDoneAndStandsInTheLogOfTheRun() {
        Run run = stage.queued("daily", "2026-10-02");

        hooks.accept(promise(
                Optional.of(run),
                new HookAction.Log("not done by two"),
                new HookAction.Notify("data-team"),
                new HookAction.Command(
                        List.of("sh", "-c", "echo \"$OCCASION $PIPELINE $SLOT $RUN_ID ${REPRISE_SECRET:-none}\""))));

        assertThat(log(run))
                .containsExactly(
                        "not done by two",
                        "tells data-team: daily 2026-10-02 is Queued and was promised by 2026-10-03T02:00:00Z",
                        "late daily 2026-10-02 " + run.ref().runId() + " none");
    }

    @Test
    void aCommandThatFailsIsToldOfAndHoldsUpNothing() {
        Run run = stage.queued("daily", "2026-10-02");

        hooks.accept(promise(
                Optional.of(run),
                new HookAction.Command(List.of("sh", "-c", "exit 3")),
                new HookAction.Log("after it")));

        assertThat(log(run))
                .containsExactly("the late hook's command 'sh' ended with 3 (expected: it ends with 0)", "after it");
    }

    private static BrokenPromise promise(Optional<Run> run, HookAction... actions) {
        return new BrokenPromise("daily", "2026-10-02", Instant.parse("2026-10-03T02:00:00Z"), run, List.of(actions));
    }

    private List<String> log(Run run) {
        return stage.ledger().runLogs().page(run.ref().runId(), PageRequest.first(100)).items().stream()
                .map(LogLine::message)
                .toList();
    }
}
