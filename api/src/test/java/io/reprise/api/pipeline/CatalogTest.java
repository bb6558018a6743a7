package io.reprise.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.Concurrency;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.ParameterDefinition;
import io.reprise.catalog.pipeline.ParameterType;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.catalog.schedule.MissedPolicy;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final JsonMapper JSON = new JsonMapper();

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
    void aCatalogIsPlannedAppliedAndThenChangesNothing() {
        ObjectNode catalog = catalog(pipeline("planned", 1));

        JsonNode planned =
                caller.post("/api/v1/catalog/plan", catalog.toString()).json();
        JsonNode applied = apply(catalog).json();
        JsonNode again = apply(catalog).json();

        assertThat(planned.at("/definitions")).extracting(CatalogTest::effect).contains("planned ADDED");
        assertThat(planned.at("/schedules"))
                .extracting(schedule -> schedule.path("pipeline").asText() + " at "
                        + schedule.path("after").asText())
                .contains("planned at 0 0 * * * Z");
        assertThat(applied.at("/revision").asLong())
                .isEqualTo(planned.at("/revision").asLong() + 1);
        assertThat(again.at("/changes").asBoolean()).isFalse();
        assertThat(again.at("/revision").asLong())
                .isEqualTo(applied.at("/revision").asLong());
    }

    @Test
    void aPlanThatSomebodyOvertookIsNotApplied() {
        long revision =
                apply(catalog(pipeline("overtaken", 1))).json().at("/revision").asLong();
        apply(catalog(pipeline("overtaken", 2)));

        Caller.Answer refused = apply(catalog(pipeline("overtaken", 3)).put("revision", Long.toString(revision)));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/detail").asText()).contains("plan it again");
    }

    @Test
    void whatIsNoDefinitionIsRefusedByItsPlace() {
        ObjectNode catalog = catalog(pipeline("good", 1));
        catalog.withArray("pipelines")
                .add("{\"pipeline\":7}")
                .add(pipeline("good", 2).json());

        Caller.Answer refused = apply(catalog);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors")).hasSize(2);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/pipelines/1");
        assertThat(refused.json().at("/errors/1/found").asText()).isEqualTo("'good' twice");
    }

    @Test
    void aDefinitionMayBeLong() {
        PipelineDefinition pipeline = pipeline("long", 1, "a description that goes on ".repeat(1_000));

        assertThat(apply(catalog(pipeline)).status()).isEqualTo(200);
    }

    @Test
    void aCatalogMayHaveHundredsOfPipelines() {
        ObjectNode catalog = JSON.createObjectNode();
        String description = "ten kilobytes".repeat(800);
        IntStream.range(0, 300)
                .mapToObj(number -> pipeline("many-" + number, 1, description).json())
                .forEach(catalog.putArray("pipelines")::add);

        Caller.Answer applied = apply(catalog);

        assertThat(catalog.toString().length()).isGreaterThan(3 << 20);
        assertThat(applied.status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/pipelines/many-299").status()).isEqualTo(200);
    }

    @Test
    void aRunIsMadeFromTheCurrentDefinitionAndShowsIt() {
        PipelineDefinition pipeline = pipeline("shown", 1);
        apply(catalog(pipeline));

        Caller.Answer accepted = run("shown", "\"slot\":\"2026-11-19\",\"parameters\":{\"region\":\"US\"}");
        Caller.Answer again = run("shown", "\"slot\":\"2026-11-19\",\"parameters\":{\"region\":\"US\"}");

        assertThat(accepted.status()).isEqualTo(202);
        JsonNode run = accepted.json();
        assertThat(run.at("/workflowId").asText()).isEqualTo("pipeline/shown/2026-11-19,US");
        assertThat(run.at("/definition/hash").asText()).isEqualTo(pipeline.hash());
        assertThat(run.at("/steps"))
                .extracting(step -> step.path("id").asText())
                .containsExactly("one", "two");
        assertThat(again.json().at("/id")).isEqualTo(run.at("/id"));
        JsonNode definition = caller.get(run.at("/definition/text").asText()).json();
        assertThat(definition.at("/text/pipeline").asText()).isEqualTo("shown");
        Run ledgered = stage.ledger().runs().byId(run.at("/id").asText()).orElseThrow();
        assertThat(ledgered.bounds().orElseThrow().groupOpen()).isEqualTo(OptionalInt.of(16));
    }

    @Test
    void pipelinesAreListedWithTheRunThatWasAcceptedLast() {
        PipelineDefinition pipeline = pipeline("listed", 1);
        apply(catalog(pipeline));
        String before =
                caller.get("/api/v1/pipelines/listed").json().at("/last").asText();
        run("listed", "\"slot\":\"2026-11-18\"");
        String run = run("listed", "\"slot\":\"2026-11-19\"").json().at("/id").asText();

        JsonNode shown = caller.get("/api/v1/pipelines/listed").json();
        JsonNode listed = caller.get("/api/v1/pipelines?limit=1").json();

        assertThat(before).isEmpty();
        assertThat(shown.at("/last/runId").asText()).isEqualTo(run);
        assertThat(shown.at("/last/slot").asText()).isEqualTo("2026-11-19,EU");
        assertThat(shown.at("/definition").asText()).isEqualTo(pipeline.hash());
        assertThat(shown.at("/slot").asText()).isEqualTo("day in Z");
        assertThat(shown.at("/parameters/0/otherwise").asText()).isEqualTo("EU");
        assertThat(shown.at("/steps")).hasSize(2);
        assertThat(listed.at("/items/0/last/runId").asText()).isEqualTo(run);
        assertThat(caller.get("/api/v1/pipelines/nobody").status()).isEqualTo(404);
    }

    @Test
    void whatCannotBeRunIsRefusedByItsField() {
        apply(catalog(pipeline("refused", 1)));

        assertThat(pointer(run("refused", "\"slot\":\"2026-13-19\""))).isEqualTo("/slot");
        assertThat(pointer(run("refused", "\"parameters\":{\"region\":\"MARS\"}")))
                .isEqualTo("/parameters/region");
        assertThat(pointer(run("refused", "\"parameters\":{\"colour\":\"red\"}")))
                .isEqualTo("/parameters/colour");
        assertThat(pointer(run("refused", "\"parameters\":{\"region\":[]}"))).isEqualTo("/parameters/region");
        assertThat(pointer(run("refused", "\"steps\":[\"three\"]"))).isEqualTo("/steps");
        assertThat(pointer(run("refused", "\"input\":{}"))).isEqualTo("/input");
        assertThat(run("nobody", "\"slot\":\"2026-11-19\"").status()).isEqualTo(404);
        assertThat(pointer(caller.post(
                        "/api/v1/runs", "{\"kind\":\"order\",\"name\":\"o-1\",\"input\":{},\"slot\":\"x\"}")))
                .isEqualTo("/slot");
    }

    private static String pointer(Caller.Answer refused) {
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(422);
        return refused.json().at("/errors/0/pointer").asText();
    }

    private static Caller.Answer run(String pipeline, String members) {
        return caller.post("/api/v1/runs", "{\"kind\":\"pipeline\",\"name\":\"" + pipeline + "\"," + members + "}");
    }

    private static Caller.Answer apply(ObjectNode catalog) {
        return caller.post("/api/v1/catalog/apply", catalog.toString());
    }

    private static ObjectNode catalog(PipelineDefinition pipeline) {
        ObjectNode catalog = JSON.createObjectNode();
        catalog.putArray("pipelines").add(pipeline.json());
        return catalog;
    }

    private static String effect(JsonNode change) {
        return change.path("name").asText() + " " + change.path("effect").asText();
    }

    private static PipelineDefinition pipeline(String name, int version) {
        return pipeline(name, version, "");
    }

    private static PipelineDefinition pipeline(String name, int version, String more) {
        return new PipelineDefinition(
                new Name(name),
                Optional.of("version " + version + more),
                Optional.empty(),
                Optional.of(new SlotCalendar(SlotKind.DAY, ZoneOffset.UTC)),
                Optional.of(new ScheduleDefinition(
                        "0 0 * * *", ZoneOffset.UTC, Optional.empty(), MissedPolicy.LATEST, Duration.ZERO)),
                List.of(new ParameterDefinition(
                        "region", ParameterType.STRING, Optional.empty(), Optional.of("EU"), List.of("EU", "US"))),
                List.of("region"),
                Concurrency.USUAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                FailurePolicy.HOLD,
                List.of(command("one", List.of()), command("two", List.of("one"))),
                List.of(),
                Hooks.NONE,
                List.of());
    }

    private static CommandStep command(String id, List<String> needs) {
        StepHead head = new StepHead(
                id,
                Optional.empty(),
                needs,
                List.of(),
                Map.of(),
                Optional.empty(),
                Retry.PATIENT,
                Duration.ofMinutes(1),
                false,
                false,
                Hooks.NONE);
        return new CommandStep(head, Guarantee.AT_LEAST_ONCE, List.of("true"), Optional.empty(), List.of());
    }
}
