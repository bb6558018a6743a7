package io.reprise.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.workflows.run.Forward;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowersTest {

    private final ScheduleStage stage = new ScheduleStage();
    private final Followers followers = newFollowers();

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
        stage.clock().moveTo("2026-10-03T01:01:00Z");
        follow();

        assertThat(whileOpen).isEqualTo("report/2026-10-02");
        assertThat(stage.workflowIds("report")).containsExactly("report/2026-10-02~2");
    }

    @Test
    void aRunThatStaysOpenHoldsUpNoneAfterIt() {
        stage.apply(
                Sketches.daily("load").slots(1_000),
                Sketches.daily("report").slots(1_000).after("load"));
        follow();
        launchDays(260);
        stage.clock().moveTo("2026-10-03T01:00:00Z");

        follow();
        int whileOpen = stage.runs("report").size();
        long markWhileOpen = marked();
        stage.end("load", "2026-10-01", Forward.SUCCEEDED);
        follow();

        assertThat(whileOpen).isEqualTo(259);
        assertThat(markWhileOpen).isEqualTo(stage.runs("load").getFirst().seq() - 1);
        assertThat(stage.runs("report")).hasSize(260);
        assertThat(marked()).isEqualTo(stage.runs("load").getLast().seq());
    }

    @Test
    void whoRemembersNothingComesToTheSame() {
        stage.apply(
                Sketches.daily("load").slots(1_000),
                Sketches.daily("report").slots(1_000).after("load"));
        follow();
        launchDays(3);
        stage.clock().moveTo("2026-10-03T01:00:00Z");
        follow();
        List<String> before = stage.workflowIds("report");

        newFollowers().follow(stage.pipeline("report"), stage.clock().instant());

        assertThat(before).containsExactly("report/2026-10-02", "report/2026-10-03");
        assertThat(stage.workflowIds("report")).isEqualTo(before);
    }

    /** From the first of October on, of which all days are done but the first. */
    private void launchDays(int days) {
        LedgerLauncher launcher = stage.launcher();
        Instant first = Instant.parse("2026-10-02T00:00:00Z");
        for (int day = 0; day < days; day++) {
            Instant firing = first.plus(Duration.ofDays(day));
            launcher.launch("load", firing);
            if (day > 0) {
                stage.end("load", firing.minusSeconds(1).toString().substring(0, 10), Forward.SUCCEEDED);
            }
        }
    }

    private long marked() {
        return stage.ledger().slotFollowers().seen("report", "load");
    }

    private Followers newFollowers() {
        return new Followers(stage.ledger().slotFollowers(), stage.ledger().runs(), stage.acceptance());
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
        boolean more = true;
        while (more) {
            more = followers.follow(stage.pipeline("report"), stage.clock().instant());
        }
    }
}
