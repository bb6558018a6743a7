package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.Forward;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LateInputsTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final LateInputs late =
            new LateInputs(stage.ledger().schedules(), stage.ledger().runs(), stage.acceptance(), stage.digests());
    private final InputBaselines baselines = new InputBaselines(stage.ledger().runs(), stage.digests());

    @BeforeEach
    void runOneSlot() {
        stage.apply(Sketches.daily("daily").lookingBack(Duration.ofDays(7), Duration.ofHours(1)));
        stage.launcher().launch("daily", Instant.parse("2026-10-03T00:00:00Z"));
        stage.end("daily", "2026-10-02", Forward.SUCCEEDED);
    }

    @Test
    void aDayWhoseInputChangedIsRestatedOnce() {
        int unchanged = look();
        stage.inputIs("2026-10-02", "three rows more");
        stage.clock().moveTo("2026-10-03T02:00:00Z");
        int changed = look();
        stage.clock().moveTo("2026-10-03T04:00:00Z");
        int again = look();

        assertThat(unchanged).isZero();
        assertThat(changed).isEqualTo(1);
        assertThat(again).isZero();
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-02~2");
        assertThat(stage.runs("daily").getFirst().source()).isEqualTo(LateInputs.SOURCE);
    }

    @Test
    void doesNotLookMoreOftenThanItSays() {
        look();
        stage.inputIs("2026-10-02", "three rows more");
        stage.clock().moveTo("2026-10-03T00:30:00Z");

        assertThat(look()).isZero();
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-02");
    }

    @Test
    void whatLiesFurtherBackOrIsStillRunningIsLeftAsItIs() {
        stage.launcher().launch("daily", Instant.parse("2026-10-11T00:00:00Z"));
        stage.inputIs("2026-10-02", "three rows more");
        stage.inputIs("2026-10-10", "three rows more");
        stage.clock().moveTo("2026-10-11T02:00:00Z");

        assertThat(look()).isZero();
    }

    @Test
    void everyKeyOfADayIsRestated() {
        stage.apply(Sketches.daily("regions").forEachRegion().lookingBack(Duration.ofDays(7), Duration.ofHours(1)));
        ranAsAsked("regions", "2026-10-02", Map.of("region", "EU"), "2026-10-02,EU");
        ranAsAsked("regions", "2026-10-02", Map.of("region", "US"), "2026-10-02,US");
        note("regions");

        stage.inputIs("2026-10-02", "three rows more");

        assertThat(look("regions")).isEqualTo(2);
        assertThat(stage.workflowIds("regions")).containsExactly("regions/2026-10-02,EU~2", "regions/2026-10-02,US~2");
    }

    @Test
    void whatHasNoScheduleIsRestatedToo() {
        stage.apply(Sketches.daily("asked").unscheduled().lookingBack(Duration.ofDays(7), Duration.ofHours(1)));
        ranAsAsked("asked", "2026-10-02", Map.of(), "2026-10-02");
        note("asked");
        stage.inputIs("2026-10-02", "three rows more");

        int changed = look("asked");
        stage.inputIs("2026-10-02", "and three more");
        stage.end("asked", "2026-10-02", Forward.SUCCEEDED);
        int tooEarly = look("asked");

        assertThat(changed).isEqualTo(1);
        assertThat(tooEarly).isZero();
        assertThat(stage.workflowIds("asked")).containsExactly("asked/2026-10-02~2");
    }

    @Test
    void whatASlotWasFirstMadeFromIsNotedOnce() {
        ranAsAsked("daily", "2026-10-01", Map.of(), "2026-10-01");
        note("daily");
        stage.inputIs("2026-10-01", "three rows more");
        note("daily");

        assertThat(look()).isEqualTo(1);
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-01~2", "daily/2026-10-02");
    }

    private void ranAsAsked(String pipeline, String slot, Map<String, ?> parameters, String slotWithKeys) {
        stage.ask(pipeline, slot, parameters);
        stage.end(pipeline, slotWithKeys, Forward.SUCCEEDED);
    }

    private void note(String pipeline) {
        baselines.note(stage.pipeline(pipeline), stage.clock().instant());
    }

    private int look() {
        return look("daily");
    }

    private int look(String pipeline) {
        return late.look(stage.pipeline(pipeline), stage.clock().instant());
    }
}
