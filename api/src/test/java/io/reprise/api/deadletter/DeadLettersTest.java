package io.reprise.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.catalog.trigger.KeyOrder;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.RunOrder;
import io.reprise.db.shared.Bytes;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final String TRIGGER = "orders-placed";
    private static final Map<String, AtomicLong> OFFSETS = new ConcurrentHashMap<>();

    private static Stage stage;
    private static Caller caller;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
        stage.ledger()
                .triggers()
                .register(
                        TRIGGER,
                        "shop.orders.placed",
                        OrderRule.PER_KEY,
                        TriggerDefinition.ordersPlaced(KeyOrder.PER_KEY).json());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aReplayedLetterBecomesARunThatWaitsForTheOthersOfItsKey() {
        String id = letter(order("d-1"));
        stage.ledger()
                .acceptance()
                .accept(new NewRun(
                        new WorkflowId("order/d-0"),
                        "order",
                        "order",
                        new RunInput("{}"),
                        StepMode.REGULAR,
                        TRIGGER,
                        RunOrder.by(OrderRule.PER_KEY, TRIGGER + ":d-1")));
        long decisions = stage.rows("operator_audit");

        JsonNode verdict = decide("replay", id);

        assertThat(verdict.at("/result").asText()).isEqualTo("REPLAYED");
        JsonNode run = run("order/d-1");
        assertThat(run.at("/id").asText()).isEqualTo(verdict.at("/runId").asText());
        assertThat(run.at("/source").asText()).isEqualTo(TRIGGER);
        assertThat(run.at("/forward").asText()).isEqualTo("QUEUED");
        assertThat(claimed()).contains("order/d-0").doesNotContain("order/d-1");
        assertThat(show(id).at("/status").asText()).isEqualTo("REPLAYED");
        assertThat(stage.rows("operator_audit")).isEqualTo(decisions + 1);
    }

    @Test
    void aLetterIsDecidedOnce() {
        String id = letter(order("d-2"));
        decide("replay", id);

        JsonNode again = decide("replay", id);
        JsonNode discarded = discard(id);

        assertThat(again.at("/result").asText()).isEqualTo("REFUSED");
        assertThat(again.at("/detail").asText()).contains("REPLAYED", "expected: OPEN");
        assertThat(discarded.at("/result").asText()).isEqualTo("REFUSED");
    }

    @Test
    void aLetterThatStillCannotBeReadStaysOpenAndSaysWhy() {
        String id = letter("{\"orderId\":\"d/3\"}");

        JsonNode planned = plan("replay", id);
        JsonNode refused = decide("replay", id);

        assertThat(planned.at("/result").asText()).isEqualTo("REFUSED");
        assertThat(refused.at("/detail").asText()).contains("/orderId: found", "/lines");
        assertThat(show(id).at("/status").asText()).isEqualTo("OPEN");
        assertThat(show(id).at("/attempts").asInt()).isEqualTo(2);
    }

    @Test
    void aLetterThatContradictsARunStaysOpen() {
        String first = letter(order("d-4"));
        String other = letter(order("d-4").replace("\"quantity\":1", "\"quantity\":2"));

        decide("replay", first);
        JsonNode refused = decide("replay", other);

        assertThat(refused.at("/result").asText()).isEqualTo("REFUSED");
        assertThat(refused.at("/detail").asText()).contains("order/d-4 stands there with other content");
        assertThat(show(other).at("/status").asText()).isEqualTo("OPEN");
    }

    @Test
    void lettersThatFailAlikeAreDecidedTogether() {
        List<String> ids = List.of(letter(order("d-20"), "alike"), letter(order("d-21"), "alike"));
        letter(order("d-22"), "other");

        JsonNode planned = caller.post(
                        "/api/v1/dead-letters/replay",
                        "{\"fingerprint\":\"alike\",\"trigger\":\"" + TRIGGER + "\",\"dryRun\":true}")
                .json();
        JsonNode elsewhere = caller.post(
                        "/api/v1/dead-letters/replay", "{\"fingerprint\":\"alike\",\"trigger\":\"another\"}")
                .json();
        JsonNode replayed = caller.post("/api/v1/dead-letters/replay", "{\"fingerprint\":\"alike\"}")
                .json();

        assertThat(planned.at("/items").findValuesAsText("result")).containsExactly("PLANNED", "PLANNED");
        assertThat(elsewhere.at("/items")).isEmpty();
        assertThat(replayed.at("/items").findValuesAsText("id")).containsExactlyElementsOf(ids);
        assertThat(replayed.at("/items").findValuesAsText("result")).containsExactly("REPLAYED", "REPLAYED");
        assertThat(caller.post("/api/v1/dead-letters/replay", "{\"ids\":[\"a\"],\"fingerprint\":\"alike\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aLetterThatOnlyAWorkerReadsIsAskedOfIt() {
        String id = letter("bytes of a stream", "invalid:", "events");

        JsonNode verdict = decide("replay", id);

        assertThat(verdict.at("/result").asText()).isEqualTo("ASKED");
        assertThat(stage.ledger().deadLetters().asked(List.of("events"), 10))
                .singleElement()
                .satisfies(asked -> assertThat(asked.letter().deadLetterId()).isEqualTo(id));
        assertThat(stage.ledger().deadLetters().asked(List.of(TRIGGER), 10)).isEmpty();

        stage.ledger().deadLetters().stillOpen(id, "it is no event");
        assertThat(show(id).at("/message").asText()).isEqualTo("it is no event");
        assertThat(stage.ledger().deadLetters().asked(List.of("events"), 10)).isEmpty();
        assertThat(stage.ledger().deadLetters().replayed(id, "ann")).isTrue();
        assertThat(stage.ledger().deadLetters().replayed(id, "ann")).isFalse();
    }

    @Test
    void anExportHasEveryByte() {
        letter(order("d-30"), "exported");

        JsonNode page = caller.get("/api/v1/dead-letters/export?fingerprint=exported&limit=1")
                .json();

        assertThat(page.at("/items")).hasSize(1);
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(page.at("/items/0/value/base64").asText()),
                        StandardCharsets.UTF_8))
                .isEqualTo(order("d-30"));
    }

    @Test
    void aPlanDecidesNothing() {
        String id = letter(order("d-5"));

        JsonNode replay = plan("replay", id);
        JsonNode discard = plan("discard", id);

        assertThat(List.of(replay.at("/result").asText(), discard.at("/result").asText()))
                .containsExactly("PLANNED", "PLANNED");
        assertThat(show(id).at("/status").asText()).isEqualTo("OPEN");
        assertThat(caller.get("/api/v1/runs/order%2Fd-5").status()).isEqualTo(404);
    }

    @Test
    void aDiscardedLetterKeepsTheReason() {
        String id = letter("no order");

        JsonNode discarded = discard(id);

        assertThat(discarded.at("/result").asText()).isEqualTo("DISCARDED");
        assertThat(show(id).at("/reason").asText()).isEqualTo("test data");
        assertThat(show(id).at("/value/text").asText()).isEqualTo("no order");
        assertThat(caller.get("/api/v1/dead-letters?status=DISCARDED")
                        .json()
                        .at("/items")
                        .findValuesAsText("id"))
                .contains(id);
        assertThat(caller.post("/api/v1/dead-letters/discard", "{\"ids\":[\"" + id + "\"]}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aLetterThatIsNotThereIsNotFoundAndHoldsUpNoOther() {
        String id = letter(order("d-6"));

        JsonNode verdicts = caller.post("/api/v1/dead-letters/replay", "{\"ids\":[\"none\",\"" + id + "\"]}")
                .json();

        assertThat(verdicts.at("/items").findValuesAsText("result")).containsExactly("NOT_FOUND", "REPLAYED");
    }

    /** A record that once could not be read. */
    private static String letter(String value) {
        return letter(value, "invalid:");
    }

    private static String letter(String value, String fingerprint) {
        return letter(value, fingerprint, TRIGGER);
    }

    private static String letter(String value, String fingerprint, String source) {
        long offset = OFFSETS.computeIfAbsent(source, any -> new AtomicLong()).getAndIncrement();
        SourceRecord record = new SourceRecord(
                "shop.orders.placed",
                "topic-id",
                0,
                offset,
                Instant.now(),
                Optional.empty(),
                Optional.of(Bytes.of(value.getBytes(StandardCharsets.UTF_8))),
                "[]");
        Cause cause = new Cause("invalid", "what the reader of that day said", "[]", fingerprint);
        stage.ledger()
                .triggerAcceptance()
                .accept(new TriggerBatch(
                        new TriggerBatch.Source(source, "topic-id", 0),
                        offset,
                        offset + 1,
                        List.of(new TriggerRecord.Poison(record, cause))));
        return caller.get("/api/v1/dead-letters?limit=1")
                .json()
                .at("/items/0/id")
                .asText();
    }

    private static JsonNode decide(String verb, String id) {
        return verdict(verb, "{\"ids\":[\"" + id + "\"]}");
    }

    private static JsonNode plan(String verb, String id) {
        return verdict(verb, "{\"ids\":[\"" + id + "\"],\"dryRun\":true" + reason(verb) + "}");
    }

    private static String reason(String verb) {
        return verb.equals("discard") ? ",\"reason\":\"test data\"" : "";
    }

    private static JsonNode discard(String id) {
        return verdict("discard", "{\"ids\":[\"" + id + "\"],\"reason\":\"test data\"}");
    }

    private static JsonNode verdict(String verb, String body) {
        Caller.Answer answer = caller.post("/api/v1/dead-letters/" + verb, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at("/items/0");
    }

    private static JsonNode show(String id) {
        return caller.get("/api/v1/dead-letters/" + id).json();
    }

    private static JsonNode run(String workflowId) {
        return caller.get("/api/v1/runs/" + workflowId.replace("/", "%2F")).json();
    }

    private static List<String> claimed() {
        return stage.ledger().startQueue().claim(new Lease("tester", Duration.ofMinutes(1)), 50).stream()
                .map(run -> run.run().workflowId().value())
                .toList();
    }

    private static String order(String id) {
        return """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":1,"unitPriceMinor":1250}]}""".formatted(id);
    }
}
