package io.reprise.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.catalog.sql.TableName;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.stream.BalanceOrder;
import io.reprise.workflows.stream.PlanOrder;
import io.reprise.workflows.stream.StreamBalance;
import io.reprise.workflows.stream.StreamBalancing;
import io.reprise.workflows.stream.StreamPlan;
import io.reprise.workflows.stream.StreamPlanning;
import io.reprise.workflows.stream.StreamStart;
import io.reprise.workflows.stream.StreamSteps;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static Stage stage;
    private static Caller caller;
    private static WorkerFactory workers;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
        workers = WorkerFactory.newInstance(stage.temporal());
        workers.newWorker(StreamStart.TASK_QUEUE)
                .registerWorkflowImplementationTypes(StreamPlanning.class, StreamBalancing.class);
        workers.newWorker("sql.warehouse").registerActivitiesImplementations(new Answering());
        workers.start();
        ObjectNode catalog = JSON.createObjectNode();
        catalog.putArray("streams")
                .add(stream("events").json())
                .add(stream("broken").json());
        Caller.Answer applied = caller.post("/api/v1/catalog/apply", catalog.toString());
        assertThat(applied.status()).as(applied.json().toString()).isEqualTo(200);
        stage.ledger().streams().register("events", "shop.events", "warehouse");
    }

    /** Knows one stream, and has no database for the other. */
    private static final class Answering implements StreamSteps {

        @Override
        public StreamPlan plan(PlanOrder order) {
            String table = StreamDefinition.fromJson(order.definition()).raw().name();
            return new StreamPlan(List.of("create table " + table), List.of());
        }

        @Override
        public StreamBalance balance(BalanceOrder order) {
            if (order.stream().equals("broken")) {
                throw ApplicationFailure.newFailure("relation raw.broken does not exist", "StreamUnanswered");
            }
            StreamBalance.Day day = new StreamBalance.Day(
                    "log",
                    0,
                    "2026-11-19",
                    3L,
                    StreamBalance.Counted.NONE,
                    0,
                    null,
                    0,
                    0,
                    List.of("Kafka has 3 records"));
            return new StreamBalance(order.stream(), false, List.of(), List.of(day), 0);
        }
    }

    @AfterAll
    static void stop() {
        workers.shutdownNow();
        stage.close();
    }

    @Test
    void listsAndShowsWhatItsLoaderSaysOfIt() {
        stage.ledger()
                .streams()
                .report(
                        "events",
                        "RUNNING",
                        Optional.empty(),
                        "[{\"partition\":0,\"position\":7,\"end\":9,\"lag\":2}]");

        assertThat(caller.get("/api/v1/streams").json().at("/items/0/name").asText())
                .isEqualTo("events");
        JsonNode shown = caller.get("/api/v1/streams/events").json();
        assertThat(shown.at("/state").asText()).isEqualTo("RUNNING");
        assertThat(shown.at("/lag/0/lag").asInt()).isEqualTo(2);
        assertThat(caller.get("/api/v1/streams/nothing").status()).isEqualTo(404);
    }

    @Test
    void pausesWithAReasonAndResumes() {
        assertThat(caller.post("/api/v1/streams/events/pause", "{}").status()).isEqualTo(422);
        JsonNode paused = caller.post("/api/v1/streams/events/pause", "{\"reason\":\"the warehouse is moved\"}")
                .json();
        assertThat(paused.at("/paused").asBoolean()).isTrue();
        assertThat(paused.at("/pausedReason").asText()).isEqualTo("the warehouse is moved");

        JsonNode resumed = caller.post("/api/v1/streams/events/resume", "{}").json();
        assertThat(resumed.at("/paused").asBoolean()).isFalse();
        assertThat(caller.post("/api/v1/streams/nothing/pause", "{\"reason\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(caller.post("/api/v1/streams/nothing/resume", "{}").status()).isEqualTo(404);
    }

    @Test
    void goesOnBehindAnExchangedLogOnlyWhereItIsSaidHow() {
        stage.ledger().streams().register("exchanged", "t", "warehouse");
        stage.ledger().streams().stop("exchanged", "partition 3 is not the log that was read", true, Set.of(3));

        Caller.Answer undecided = caller.post("/api/v1/streams/exchanged/resume", "{}");
        assertThat(undecided.status()).isEqualTo(409);
        assertThat(undecided.json().at("/detail").asText()).contains("partition 3");
        assertThat(caller.post("/api/v1/streams/exchanged/resume", "{\"from\":\"end\"}")
                        .status())
                .isEqualTo(422);
        assertThat(caller.post("/api/v1/streams/exchanged/resume", "{\"from\":\"middle\",\"reason\":\"x\"}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/from");
        assertThat(caller.post("/api/v1/streams/exchanged/resume", "{\"from\":\"end\",\"reason\":\"restored\"}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.post("/api/v1/streams/exchanged/resume", "{\"from\":\"end\",\"reason\":\"again\"}")
                        .status())
                .isEqualTo(409);
        assertThat(stage.ledger().streams().byName("exchanged").orElseThrow().logNumber())
                .isEqualTo(2);
    }

    @Test
    void plansAsAppliedAndAsWritten() {
        JsonNode applied = caller.post("/api/v1/streams/events/plan", "{}").json();
        assertThat(applied.at("/statements/0").asText()).isEqualTo("create table events");

        ObjectNode written = JSON.createObjectNode();
        written.putArray("streams").add(stream("other").json());
        assertThat(caller.post("/api/v1/streams/other/plan", written.toString())
                        .json()
                        .at("/statements/0")
                        .asText())
                .isEqualTo("create table other");
        assertThat(caller.post("/api/v1/streams/nothing/plan", "{}").status()).isEqualTo(404);
        assertThat(caller.post("/api/v1/streams/events/plan", "{\"streams\":[\"no stream\"]}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/streams/0");
    }

    @Test
    void balancesAndTellsAgainWhatWasFound() {
        JsonNode balance = caller.post("/api/v1/streams/events/balance", "{}").json();

        assertThat(balance.at("/done").asBoolean()).isTrue();
        assertThat(balance.at("/balanced").asBoolean()).isFalse();
        assertThat(balance.at("/days/0/differences/0").asText()).isEqualTo("Kafka has 3 records");
        String again =
                "/api/v1/streams/events/balance/" + balance.at("/balanceId").asText();
        assertThat(caller.get(again).json()).isEqualTo(balance);
        assertThat(caller.get("/api/v1/streams/events/balance/4c9a31b0-6c6e-4fe6-8a87-6c4a0c5a1111")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theWordsOfADatabaseThatRefusesReachWhoeverAsked() {
        Caller.Answer refused = caller.post("/api/v1/streams/broken/balance", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/detail").asText()).isEqualTo("relation raw.broken does not exist");
    }

    private static StreamDefinition stream(String name) {
        return new StreamDefinition(
                new Name(name),
                Optional.empty(),
                Optional.empty(),
                "shop." + name,
                "reprise.stream." + name,
                Optional.empty(),
                Optional.empty(),
                new Name("warehouse"),
                TableName.of("raw", name),
                Optional.empty(),
                Duration.ofMinutes(10),
                StreamDefinition.Late.MARK_DAY,
                StreamDefinition.Lost.CONTINUE,
                StreamDefinition.StartAt.EARLIEST,
                500,
                Duration.ofMillis(100),
                Optional.empty(),
                50,
                100,
                Duration.ofSeconds(30));
    }
}
