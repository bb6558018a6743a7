package io.reprise.api.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.DailyPipelines;
import io.reprise.api.shared.Stage;
import io.reprise.db.backfill.SlotState;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BackfillsTest {

    private static final String MARCH = "\"pipeline\":\"load\",\"from\":\"2026-03-01\",\"to\":\"2026-03-31\"";

    private static Stage stage;
    private static Caller caller;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
        DailyPipelines.apply(stage.ledger());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aPlanSaysItsBoundsInWordsAndWhatItDoesAboutEachSlot() {
        caller.post("/api/v1/schedules/load/trigger", "{\"slot\":\"2026-03-02\"}");
        long before = stage.rows("backfill");

        JsonNode plan = plan("{" + MARCH + "}");

        assertThat(plan.path("words").asText()).isEqualTo("from 2026-03-01 to 2026-03-31, both included: 31 slots");
        assertThat(plan.path("toRun").asInt()).isEqualTo(30);
        assertThat(plan.at("/items/0/why").asText()).isEqualTo("no run yet");
        assertThat(plan.at("/items/1/run").asBoolean()).isFalse();
        assertThat(plan.at("/items/1/why").asText()).contains("is not started twice");
        assertThat(plan.at("/downstream/0").asText()).isEqualTo("report");
        assertThat(plan.path("parallel").asInt()).isEqualTo(4);
        assertThat(stage.rows("backfill")).isEqualTo(before);
    }

    @Test
    void aPlanIsPagedInTheOrderInWhichItsSlotsAreRun() {
        JsonNode first = caller.post("/api/v1/backfills/plan?limit=2", "{" + MARCH + ",\"order\":\"newest\"}")
                .json();
        JsonNode second = caller.post(
                        "/api/v1/backfills/plan?limit=2&cursor="
                                + first.path("next").asText(),
                        "{" + MARCH + ",\"order\":\"newest\"}")
                .json();

        assertThat(first.at("/items/0/slot").asText()).isEqualTo("2026-03-31");
        assertThat(second.at("/items/0/slot").asText()).isEqualTo("2026-03-29");
    }

    @Test
    void whatNobodyCanMeanIsRefusedWithWhatToWriteInstead() {
        assertThat(refused("\"pipeline\":\"load\",\"from\":\"2026-03-31\",\"to\":\"2026-03-01\""))
                .contains("the bounds are reversed", "both are included");
        assertThat(refused("\"pipeline\":\"load\",\"from\":\"2026-03-01\",\"to\":\"2999-01-01\""))
                .contains("the newest that has ended");
        assertThat(refused(MARCH + ",\"policy\":\"some\"")).contains("none, failed or all");
        assertThat(refused(MARCH + ",\"steps\":[\"laod\"]")).contains("one of [load]");
        assertThat(refused(MARCH + ",\"parallel\":0")).contains("a whole number from 1 to 500");
        assertThat(refused(MARCH + ",\"parameters\":{\"region\":\"EU\"}")).contains("an unknown parameter");
        assertThat(refused("\"pipeline\":\"balance\",\"from\":\"2026-03\",\"to\":\"2026-03\",\"order\":\"newest\""))
                .contains("waits for the one before");
        assertThat(caller.post(
                                "/api/v1/backfills/plan",
                                "{\"pipeline\":\"nobody\",\"from\":\"2026-03\",\"to\":\"2026-03\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aHundredThousandSlotsAreRefusedUnlessTheyAreMeant() {
        Caller.Answer refused =
                caller.post("/api/v1/backfills", "{\"pipeline\":\"hourly\",\"from\":\"2014-01\",\"to\":\"2025-12\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("detail").asText())
                .contains("both included: 105192 slots", "more than 10000 at once", "--yes");
    }

    @Test
    void aBackfillIsTakenAndSteeredUntilItIsCancelled() {
        Caller.Answer taken =
                caller.post("/api/v1/backfills", "{\"pipeline\":\"load\",\"from\":\"2026-04\",\"to\":\"2026-04\"}");
        String id = taken.json().path("id").asText();
        String path = "/api/v1/backfills/" + id;

        JsonNode paused = caller.post(path + "/pause", "{\"reason\":\"warehouse is slow\"}")
                .json();
        JsonNode resumed = caller.postNothing(path + "/resume").json();
        JsonNode cancelled =
                caller.post(path + "/cancel", "{\"reason\":\"wrong month\"}").json();

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.json().at("/slots/planned").asInt()).isEqualTo(30);
        assertThat(paused.path("state").asText()).isEqualTo("PAUSED");
        assertThat(paused.path("reason").asText()).isEqualTo("warehouse is slow");
        assertThat(resumed.path("state").asText()).isEqualTo("RUNNING");
        assertThat(cancelled.at("/slots/cancelled").asInt()).isEqualTo(30);
        assertThat(caller.postNothing(path + "/resume").status()).isEqualTo(409);
        assertThat(caller.postNothing(path + "/retry").json().path("detail").asText())
                .contains("is CANCELLED (expected: one that was not cancelled)");
        assertThat(caller.get("/api/v1/backfills?state=cancelled&pipeline=load")
                        .json()
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(id);
        assertThat(caller.get("/api/v1/backfills/nobody").status()).isEqualTo(404);
    }

    @Test
    void whatFailedIsListedAndPlannedOnceMore() {
        String id = caller.post(
                        "/api/v1/backfills", "{\"pipeline\":\"load\",\"from\":\"2026-05-01\",\"to\":\"2026-05-02\"}")
                .json()
                .path("id")
                .asText();
        assertThat(caller.postNothing("/api/v1/backfills/" + id + "/retry").status())
                .isEqualTo(409);
        stage.ledger()
                .backfillSlots()
                .ended(id, "2026-05-02", SlotState.FAILED, Optional.of("Failed: 3 rows are wrong"));

        JsonNode shown = caller.get("/api/v1/backfills/" + id).json();
        JsonNode failed =
                caller.get("/api/v1/backfills/" + id + "/slots?state=failed").json();
        JsonNode again =
                caller.postNothing("/api/v1/backfills/" + id + "/retry").json();

        assertThat(shown.at("/failures/0/error").asText()).isEqualTo("Failed: 3 rows are wrong");
        assertThat(failed.path("items")).hasSize(1);
        assertThat(again.at("/slots/planned").asInt()).isEqualTo(2);
        assertThat(again.at("/slots/failed").asInt()).isZero();
    }

    private static JsonNode plan(String body) {
        return caller.post("/api/v1/backfills/plan", body).json();
    }

    private static String refused(String fields) {
        Caller.Answer refused = caller.post("/api/v1/backfills/plan", "{" + fields + "}");
        assertThat(refused.status()).isEqualTo(422);
        return refused.json().path("errors").toString();
    }
}
