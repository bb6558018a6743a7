package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.workflows.run.Forward;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LateInputsTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final LateInputs late = new LateInputs(stage.ledger().schedules(), stage.acceptance(), stage.digests());

    @BeforeEach
    void runOneSlot() {
        stage.apply(Sketches.daily("daily").lookingBack(Duration.ofDays(7), Duration.ofHours(1)));
        stage.launcher().launch("daily", Instant.parse("2026-10-03T00:00:00Z"));
        stage.end("daily", "2026-10-02", Forward.SUCCEEDED);
    }

    @Test
    void aDayWhoseInputChangedIsRestatedOnce() throws BadParameters {
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
    void doesNotLookMoreOftenThanItSays() throws BadParameters {
        look();
        stage.inputIs("2026-10-02", "three rows more");
        stage.clock().moveTo("2026-10-03T00:30:00Z");

        assertThat(look()).isZero();
        assertThat(stage.workflowIds("daily")).containsExactly("daily/2026-10-02");
    }

    @Test
    void whatLiesFurtherBackOrIsStillRunningIsLeftAsItIs() throws BadParameters {
        stage.launcher().launch("daily", Instant.parse("2026-10-11T00:00:00Z"));
        stage.inputIs("2026-10-02", "three rows more");
        stage.inputIs("2026-10-10", "three rows more");
        stage.clock().moveTo("2026-10-11T02:00:00Z");

        assertThat(look()).isZero();
    }

    private int look() throws BadParameters {
        return late.look(
                stage.schedule("daily"), stage.pipeline("daily"), stage.clock().instant());
    }
}
