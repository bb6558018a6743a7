package io.reprise.api.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.RunOrder;
import io.reprise.db.trigger.TopicLog;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TriggersTest {

    private static final TopicLog LOG = new TopicLog("topic-id", 1);

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

    @Test
    void aTriggerIsSetToAnotherPlaceAfterAPlanAndOnlyWhilePaused() {
        read("t-reset");
        long decisions = stage.rows("operator_audit");

        JsonNode plan =
                reset("t-reset", "{\"to\":\"beginning\",\"dryRun\":true}").json();
        Caller.Answer unreasoned = reset("t-reset", "{\"to\":\"beginning\"}");
        Caller.Answer running = reset("t-reset", "{\"to\":\"beginning\",\"reason\":\"mapping\"}");
        Caller.Answer outside = reset("t-reset", "{\"to\":\"31\",\"dryRun\":true}");
        Caller.Answer nowhere = reset("t-reset", "{\"to\":\"middle\",\"dryRun\":true}");
        JsonNode forward = reset("t-reset", "{\"to\":\"end\",\"partition\":0,\"dryRun\":true}")
                .json();

        assertThat(plan.at("/done").asBoolean()).isFalse();
        assertThat(plan.at("/partitions/0"))
                .isEqualTo(json("{\"partition\":0,\"position\":10,\"to\":4,\"again\":6,\"known\":2,\"skipped\":0}"));
        assertThat(forward.at("/partitions/0/skipped").asLong()).isEqualTo(20);
        assertThat(List.of(unreasoned.status(), running.status(), outside.status(), nowhere.status()))
                .containsExactly(422, 409, 422, 422);
        assertThat(running.json().at("/detail").asText()).contains("expected: paused");
        assertThat(stage.rows("operator_audit")).isEqualTo(decisions);

        caller.post("/api/v1/triggers/t-reset/pause", "{\"reason\":\"to reset\"}");
        Caller.Answer done = reset("t-reset", "{\"to\":\"7\",\"reason\":\"mapping\"}");

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(stage.ledger().triggers().positions("t-reset", LOG)).hasEntrySatisfying(0, position -> {
            assertThat(position.next()).isEqualTo(7);
            assertThat(position.last()).isEmpty();
        });
        assertThat(stage.ledger().triggers().byName("t-reset").orElseThrow().resets())
                .isOne();
        assertThat(stage.rows("operator_audit")).isEqualTo(decisions + 2);
    }

    @Test
    void anInstantIsAskedOfTheReader() {
        read("t-instant");
        Instant instant = Instant.parse("2026-11-01T00:00:00Z");
        stage.ledger().triggerPlaces().offsetsAt("t-instant", instant);
        assertThat(stage.ledger().triggerPlaces().asked("t-instant")).containsExactly(instant);
        stage.ledger().triggerPlaces().answer("t-instant", instant, "{\"0\": 6}");

        JsonNode plan = reset("t-instant", "{\"to\":\"" + instant + "\",\"dryRun\":true}")
                .json();

        assertThat(plan.at("/partitions/0/to").asLong()).isEqualTo(6);
        assertThat(plan.at("/partitions/0/known").asInt()).isEqualTo(1);
    }

    @Test
    void driftIsFoundWhereKafkaInboxAndPositionDisagree() {
        read("t-check");
        JsonNode agrees = check("t-check");

        stage.ledger().triggerPlaces().set("t-check", LOG.id(), Map.of(0, 5L));
        caller.post("/api/v1/triggers/t-check/pause", "{\"reason\":\"to reset\"}");
        stage.ledger().triggerPlaces().set("t-check", LOG.id(), Map.of(0, 5L));
        report("t-check", 5);
        JsonNode drifted = check("t-check");

        assertThat(agrees.at("/agrees").asBoolean()).as(agrees.toString()).isTrue();
        assertThat(agrees.at("/partitions/0/lastRun").asLong()).isEqualTo(6);
        assertThat(drifted.at("/agrees").asBoolean()).isFalse();
        assertThat(drifted.at("/partitions/0/finding").asText()).contains("Kafka was told 10");
    }

    /** Offsets 5 and 6 became runs, and the position is 10 of a log from 4 to 30. */
    private static void read(String trigger) {
        register(trigger);
        TriggerBatch.Source source = new TriggerBatch.Source(trigger, LOG.id(), 0);
        stage.ledger()
                .triggerAcceptance()
                .accept(new TriggerBatch(source, 4, 10, List.of(started(trigger, 5), started(trigger, 6))));
        report(trigger, 10);
    }

    private static void report(String trigger, int position) {
        stage.ledger()
                .triggers()
                .report(
                        trigger,
                        LOG,
                        "RUNNING",
                        Optional.empty(),
                        "[{\"partition\":0,\"position\":" + position
                                + ",\"start\":4,\"end\":30,\"committed\":10,\"lag\":20}]");
    }

    private static TriggerRecord started(String trigger, int offset) {
        SourceRecord record =
                new SourceRecord("topic", LOG.id(), 0, offset, Instant.EPOCH, Optional.empty(), Optional.empty(), "[]");
        return new TriggerRecord.Start(
                record,
                new NewRun(
                        new WorkflowId("order/" + trigger + "-" + offset),
                        "order",
                        "order",
                        new RunInput("{}"),
                        StepMode.REGULAR,
                        trigger,
                        RunOrder.FREE));
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Caller.Answer reset(String trigger, String body) {
        return caller.post("/api/v1/triggers/" + trigger + "/reset", body);
    }

    private static JsonNode check(String trigger) {
        return caller.get("/api/v1/triggers/" + trigger + "/check").json();
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
