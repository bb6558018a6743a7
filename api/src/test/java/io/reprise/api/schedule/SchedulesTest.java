package io.reprise.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.DailyPipelines;
import io.reprise.api.shared.Stage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchedulesTest {

    private final String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();

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
    void aScheduleTellsItsNextFiveSlotsAndWhatItMissed() {
        JsonNode hourly = caller.get("/api/v1/schedules/hourly").json();

        assertThat(hourly.path("next")).hasSize(5);
        assertThat(hourly.at("/next/0/at").asText()).endsWith(":00:00Z");
        assertThat(hourly.at("/next/1/slot").asText()).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}");
        assertThat(hourly.path("missed").asInt()).isEqualTo(100);
        assertThat(hourly.path("missedSlots")).hasSize(20);
        assertThat(hourly.path("jitter").asText()).isEqualTo("5m");
        assertThat(hourly.has("last")).isFalse();
    }

    @Test
    void theListIsPagedByName() {
        JsonNode first = caller.get("/api/v1/schedules?limit=1").json();
        JsonNode second = caller.get(
                        "/api/v1/schedules?cursor=" + first.path("next").asText())
                .json();

        assertThat(first.at("/items/0/name").asText()).isEqualTo("hourly");
        assertThat(second.at("/items/0/name").asText()).isEqualTo("load");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void aPauseIsShownWithItsReasonUntilItIsResumed() {
        long decisions = stage.rows("operator_audit");

        JsonNode paused = caller.post(
                        "/api/v1/schedules/hourly/pause", "{\"reason\":\"source is moved\"}", "Reprise-Actor", "ada")
                .json();
        JsonNode resumed = caller.postNothing("/api/v1/schedules/hourly/resume").json();

        assertThat(paused.path("pausedReason").asText()).isEqualTo("source is moved");
        assertThat(paused.path("pausedBy").asText()).isEqualTo("ada");
        assertThat(resumed.path("paused").asBoolean()).isFalse();
        assertThat(stage.rows("operator_audit")).isEqualTo(decisions + 2);
        assertThat(caller.post("/api/v1/schedules/hourly/pause", "{}").status()).isEqualTo(422);
        assertThat(caller.postNothing("/api/v1/schedules/nobody/resume").status())
                .isEqualTo(404);
    }

    @Test
    void aTriggerStartsTheNewestSlotOnceAlsoWhilePaused() {
        stage.ledger().schedules().pause("load", "source is moved", "ada");

        JsonNode started = caller.postNothing("/api/v1/schedules/load/trigger").json();
        JsonNode again = caller.postNothing("/api/v1/schedules/load/trigger").json();

        assertThat(started.path("slot").asText()).isEqualTo(yesterday);
        assertThat(started.path("started").asBoolean()).isTrue();
        assertThat(again.path("started").asBoolean()).isFalse();
        assertThat(again.path("runId")).isEqualTo(started.path("runId"));
        assertThat(again.path("words").asText()).contains("has a run already", "--policy all");
        assertThat(Optional.of(caller.get("/api/v1/schedules/load").json())
                        .map(it -> it.at("/last/slot").asText()))
                .contains(yesterday);
    }

    @Test
    void aNamedSlotIsStartedAndABadOneRefusedWithWhatIsExpected() {
        JsonNode started = caller.post("/api/v1/schedules/load/trigger", "{\"slot\":\"2026-02-03\"}")
                .json();
        Caller.Answer bad = caller.post("/api/v1/schedules/load/trigger", "{\"slot\":\"2026-02-30\"}");

        assertThat(started.path("workflowId").asText()).isEqualTo("pipeline/load/2026-02-03");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.json().at("/errors/0/expected").asText()).contains("a day like 2026-11-19");
        assertThat(caller.postNothing("/api/v1/schedules/nobody/trigger").status())
                .isEqualTo(404);
    }
}
