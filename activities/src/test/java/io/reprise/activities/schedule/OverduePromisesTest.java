package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverduePromisesTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final OverduePromises promises = new OverduePromises(stage.ledger().overdueSlots(), stage.acceptance());

    @BeforeEach
    void promise() {
        stage.apply(Sketches.daily("daily").promisedBy("02:00"));
        stage.launcher().launch("daily", Instant.parse("2026-10-03T00:00:00Z"));
    }

    @Test
    void aSlotThatIsNotDoneByTheHourIsToldOfOnce() throws BadParameters {
        stage.clock().moveTo("2026-10-03T02:00:01Z");

        assertThat(look()).contains("2026-10-02");
        assertThat(look()).isEmpty();
    }

    @Test
    void aSlotThatWasDoneInTimeIsNotToldOf() throws BadParameters {
        stage.end("daily", "2026-10-02", Forward.SUCCEEDED);
        stage.clock().moveTo("2026-10-03T02:00:01Z");

        assertThat(look()).isEmpty();
    }

    private Optional<String> look() throws BadParameters {
        return promises.look(
                stage.schedule("daily"), stage.pipeline("daily"), stage.clock().instant());
    }
}
