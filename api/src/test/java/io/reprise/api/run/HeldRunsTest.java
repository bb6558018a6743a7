package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.api.shared.Caller;
import io.reprise.api.shared.DailyPipelines;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepOutcome;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeldRunsTest {

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
    void aHeldRunIsRepeatedOnlyFromAStepThatIsNamed() {
        String path = held("2026-03-02");

        Caller.Answer whole = caller.postNothing(path);
        Caller.Answer unknown = caller.post(path, "{\"from\":\"laod\"}");
        Caller.Answer named = caller.post(path, "{\"from\":\"load\"}");

        assertThat(whole.status()).as(whole.body()).isEqualTo(409);
        assertThat(whole.json().path("detail").asText()).contains("what its steps [load] did was kept", "--from load");
        assertThat(unknown.json().path("detail").asText()).contains("no step 'laod'", "one of [load]");
        assertThat(named.status()).as(named.body()).isEqualTo(202);
        assertThat(named.json().path("workflowId").asText()).isEqualTo("pipeline/load/2026-03-02~2");
    }

    @Test
    void aMendedDefinitionIsTakenWhereItIsAskedFor() {
        String path = held("2026-03-03");
        DailyPipelines.apply(stage.ledger(), "mended");
        String mended =
                caller.get("/api/v1/pipelines/load").json().at("/definition").asText();

        Caller.Answer again =
                caller.post("/api/v1/runs", "{\"kind\":\"pipeline\",\"name\":\"load\",\"slot\":\"2026-03-03\"}");
        Caller.Answer other = caller.post(path, "{\"from\":\"load\",\"definition\":\"newest\"}");
        Caller.Answer retried = caller.post(path, "{\"from\":\"load\",\"definition\":\"current\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText())
                .contains("reprise run retry pipeline/load/2026-03-03 --definition current");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().at("/errors/0/pointer").asText()).isEqualTo("/definition");
        assertThat(retried.status()).as(retried.body()).isEqualTo(202);
        assertThat(retried.json().at("/definition/hash").asText()).isEqualTo(mended);
        DailyPipelines.apply(stage.ledger());
    }

    /** Answers where its retry is asked for. */
    private static String held(String slot) {
        caller.post("/api/v1/schedules/load/trigger", "{\"slot\":\"" + slot + "\"}");
        Run run = stage.ledger().runs().ofSlot("load", slot).orElseThrow();
        stage.ledger()
                .outcomes()
                .settle(new RunOutcome(
                        run.ref().runId(),
                        run.ref().startedOn(),
                        run.ref().workflowId(),
                        5,
                        Forward.CANCELLED,
                        Compensation.NONE,
                        "cancelled",
                        "to test",
                        List.of(new StepOutcome("load", Forward.SUCCEEDED, Compensation.NONE, null))));
        return "/api/v1/runs/" + run.ref().runId() + "/retry";
    }
}
