package io.reprise.api.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.OrderRule;
import io.reprise.db.trigger.TopicLog;
import io.reprise.db.trigger.TriggerBatch;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TriggersTest {

    private static Stage stage;
    private static Caller caller;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aTriggerIsPausedForAReasonAndResumed() {
        register("t-pause");
        long decisions = stage.rows("operator_audit");

        Caller.Answer paused =
                caller.post("/api/v1/triggers/t-pause/pause", "{\"reason\":\"stock count\"}", "Reprise-Actor", "ada");

        assertThat(paused.status()).isEqualTo(200);
        assertThat(show("t-pause").at("/paused").asBoolean()).isTrue();
        assertThat(show("t-pause").at("/pausedReason").asText()).isEqualTo("stock count");
        assertThat(show("t-pause").at("/pausedBy").asText()).isEqualTo("ada");

        Caller.Answer resumed = caller.postNothing("/api/v1/triggers/t-pause/resume");

        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.json().at("/paused").asBoolean()).isFalse();
        assertThat(stage.rows("operator_audit")).isEqualTo(decisions + 2);
    }

    @Test
    void aPauseNeedsAReasonAndATriggerThatIsThere() {
        register("t-reason");

        assertThat(caller.post("/api/v1/triggers/t-reason/pause", "{}").status())
                .isEqualTo(422);
        assertThat(caller.post("/api/v1/triggers/nobody/pause", "{\"reason\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(caller.postNothing("/api/v1/triggers/nobody/resume").status())
                .isEqualTo(404);
        assertThat(show("t-reason").at("/paused").asBoolean()).isFalse();
    }

    @Test
    void aTriggerWhoseLogWasExchangedGoesOnOnlyWhereItIsSaidHow() {
        register("t-stop");
        TriggerBatch.Source source = new TriggerBatch.Source("t-stop", "topic-id", 3);
        stage.ledger().triggerLogs().stop(source, 10, 2, 7, "it ends at offset 7");

        JsonNode shown = show("t-stop");
        Caller.Answer undecided = resume("t-stop", "{}");
        Caller.Answer nowhere = resume("t-stop", "{\"from\":\"middle\",\"reason\":\"x\"}");
        Caller.Answer unreasoned = resume("t-stop", "{\"from\":\"beginning\"}");

        assertThat(shown.at("/stops/0/partition").asInt()).isEqualTo(3);
        assertThat(shown.at("/stops/0/logEnd").asLong()).isEqualTo(7);
        assertThat(undecided.status()).isEqualTo(409);
        assertThat(undecided.json().at("/detail").asText()).contains("it ends at offset 7");
        assertThat(List.of(nowhere.status(), unreasoned.status())).containsExactly(422, 422);

        Caller.Answer decided = resume("t-stop", "{\"from\":\"beginning\",\"reason\":\"restored\"}");

        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.json().at("/stops")).isEmpty();
        assertThat(stage.ledger().triggers().positions("t-stop", new TopicLog("topic-id", 2)))
                .hasEntrySatisfying(3, position -> assertThat(position.next()).isEqualTo(2));
        assertThat(resume("t-stop", "{\"from\":\"end\",\"reason\":\"again\"}").status())
                .isEqualTo(409);
    }

    @Test
    void whatWasLostStaysShown() {
        register("t-lost");
        TriggerBatch.Source source = new TriggerBatch.Source("t-lost", "topic-id", 1);
        stage.ledger().triggerAcceptance().accept(new TriggerBatch(source, 0, 10, List.of()));
        stage.ledger().triggerLogs().lost(source, 10, 14);
        stage.ledger().triggerLogs().lost(source, 14, 15);

        assertThat(show("t-lost").at("/lost").asLong()).isEqualTo(5);
        assertThat(show("t-lost").at("/losses").findValuesAsText("from")).containsExactlyInAnyOrder("10", "14");
        assertThat(show("t-lost").at("/losses").findValuesAsText("to")).containsExactlyInAnyOrder("13", "14");
        assertThat(caller.get("/api/v1/triggers").json().at("/items").findValuesAsText("name"))
                .contains("t-lost");
    }

    private static void register(String trigger) {
        stage.ledger().triggers().register(trigger, "shop.orders.placed", OrderRule.PER_KEY, "{}");
    }

    private static JsonNode show(String trigger) {
        return caller.get("/api/v1/triggers/" + trigger).json();
    }

    private static Caller.Answer resume(String trigger, String body) {
        return caller.post("/api/v1/triggers/" + trigger + "/resume", body);
    }
}
