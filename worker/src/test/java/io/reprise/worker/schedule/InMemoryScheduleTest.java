package io.reprise.worker.schedule;

import static io.reprise.worker.schedule.ScheduleStage.PATIENCE;
import static io.reprise.worker.schedule.ScheduleStage.today;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.db.schedule.Schedule;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.SearchAttributes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class InMemoryScheduleTest {

    @TempDir
    private Path empty;

    @Test
    void aServerWithoutSchedulesRefusesThemWithTheReasonAndStartsNothing() {
        TemporalSettings nothingFound = TemporalSettings.at(Placement.temporary(), SearchAttributes.all())
                .withEnvironment(Map.of())
                .withCache(empty)
                .withFetching(false);
        try (ScheduleStage stage = new ScheduleStage(nothingFound)) {
            assertThat(stage.isInMemory()).isTrue();
            stage.applyDaily(today().minusDays(3), "daily");

            try (ScheduleKeeper _ = stage.scheduling().keep(stage.temporal())) {
                await().atMost(PATIENCE)
                        .until(() -> stage.schedule("daily")
                                .flatMap(Schedule::refused)
                                .isPresent());
            }

            assertThat(stage.schedule("daily").flatMap(Schedule::refused).orElseThrow())
                    .contains("the in-memory Temporal server has no schedules", "reprise schedule trigger");
            assertThat(stage.runs("daily")).isEmpty();
        }
    }
}
