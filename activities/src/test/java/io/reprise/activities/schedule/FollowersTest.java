package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final Followers followers =
            new Followers(stage.ledger().slotFollowers(), stage.ledger().runs(), stage.acceptance());

    @BeforeEach
    void followFromNowOn() {
        stage.apply(
                Sketches.daily("load"),
                Sketches.daily("prices"),
                Sketches.daily("report").after("load", "prices"));
        follow();
    }

    @Test
    void theSameSlotFollowsOnceAllOthersAreDone() {
        launch("load");
        launch("prices");
        stage.end("load", "2026-10-02", Forward.SUCCEEDED);
        follow();
        int afterOne = stage.runs("report").size();

        stage.end("prices", "2026-10-02", Forward.SUCCEEDED);
        follow();
        follow();

        assertThat(afterOne).isZero();
        assertThat(stage.workflowIds("report")).containsExactly("report/2026-10-02");
        assertThat(stage.runs("report").getFirst().source()).isEqualTo("after/load");
    }

    @Test
    void nothingFollowsWhatFailed() {
        launch("load");
        launch("prices");
        stage.end("load", "2026-10-02", Forward.FAILED);
        stage.end("prices", "2026-10-02", Forward.SUCCEEDED);

        follow();

        assertThat(stage.runs("report")).isEmpty();
    }

    @Test
    void aRestatedSlotIsFollowedAgainOnceTheRunBeforeHasEnded() {
        launch("load");
        launch("prices");
        stage.end("load", "2026-10-02", Forward.SUCCEEDED);
        stage.end("prices", "2026-10-02", Forward.SUCCEEDED);
        follow();
        stage.clock().moveTo("2026-10-03T01:00:00Z");
        restate("load");
        stage.end("load", "2026-10-02", Forward.SUCCEEDED);
        follow();
        String whileOpen = stage.workflowIds("report").getFirst();

        stage.end("report", "2026-10-02", Forward.SUCCEEDED);
        follow();

        assertThat(whileOpen).isEqualTo("report/2026-10-02");
        assertThat(stage.workflowIds("report")).containsExactly("report/2026-10-02~2");
    }

    private void launch(String pipeline) {
        stage.launcher().launch(pipeline, Instant.parse("2026-10-03T00:00:00Z"));
    }

    private void restate(String pipeline) {
        KnownPipeline known = stage.pipeline(pipeline);
        try {
            stage.acceptance()
                    .accept(
                            PipelineRequest.ofFiring(
                                    known.definition(), Instant.parse("2026-10-03T00:00:00Z"), Map.of()),
                            known.hash(),
                            2,
                            "late");
        } catch (BadParameters impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void follow() {
        followers.follow(stage.pipeline("report"), stage.clock().instant());
    }
}
