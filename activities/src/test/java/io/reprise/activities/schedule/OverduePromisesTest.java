package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverduePromisesTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final List<BrokenPromise> hooked = new ArrayList<>();
    private final OverduePromises promises = new OverduePromises(
            stage.ledger().schedules(),
            stage.pipelines(),
            stage.ledger().overdueSlots(),
            stage.acceptance(),
            hooked::add);

    @BeforeEach
    void promise() {
        stage.apply(Sketches.daily("daily").promisedBy("02:00"));
        stage.launcher().launch("daily", Instant.parse("2026-10-03T00:00:00Z"));
    }

    @Test
    void aSlotThatIsNotDoneByTheHourIsToldOfOnce() throws BadParameters {
        stage.clock().moveTo("2026-10-03T02:00:01Z");

        assertThat(look("daily")).containsExactly("2026-10-02");
        assertThat(look("daily")).isEmpty();
        assertThat(hooked)
                .extracting(BrokenPromise::words)
                .containsExactly("daily 2026-10-02 is Queued and was promised by 2026-10-03T02:00:00Z");
    }

    @Test
    void aSlotThatWasDoneInTimeIsNotToldOf() throws BadParameters {
        stage.end("daily", "2026-10-02", Forward.SUCCEEDED);
        stage.clock().moveTo("2026-10-03T02:00:01Z");

        assertThat(look("daily")).isEmpty();
    }

    @Test
    void everyHourThatIsLateIsToldOf() throws BadParameters {
        stage.apply(Sketches.daily("hourly").hourly().promisedBy("02:00"));
        stage.clock().moveTo("2026-10-03T02:00:01Z");

        assertThat(look("hourly")).hasSize(24).contains("2026-10-02T02", "2026-10-03T01");
        assertThat(look("hourly")).isEmpty();
    }

    @Test
    void whatHasNoSchedulePromisesFromWhenItCame() throws BadParameters {
        stage.apply(
                Sketches.daily("daily"),
                Sketches.daily("report").unscheduled().after("daily").promisedBy("02:00"));
        stage.clock().moveTo("2026-10-03T02:00:01Z");

        assertThat(look("report")).containsExactly("2026-10-02");
        assertThat(hooked).extracting(BrokenPromise::newest).containsExactly(Optional.empty());
    }

    private List<String> look(String pipeline) throws BadParameters {
        return promises.look(stage.pipeline(pipeline), stage.clock().instant());
    }
}
