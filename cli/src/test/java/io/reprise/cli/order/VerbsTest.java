package io.reprise.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import io.reprise.db.Ledger;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The verbs against an api with a real ledger and Temporal, and no worker: what a script sees when things are away. */
@Tag("slow")
class VerbsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> GROUPS = Set.of("run", "step", "order", "trigger", "dlq", "schedule", "backfill");

    private static EmbeddedPostgresServer postgres;
    private static EmbeddedTemporal temporal;
    private static Ledger ledger;
    private static Api api;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        temporal = EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), SearchAttributes.all()));
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(EmbeddedPostgresServer.USER);
        database.setPassword(EmbeddedPostgresServer.PASSWORD);
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
        api = Api.start(ApiSettings.read(
                Map.of(
                        "REPRISE_HTTP_PORT", "0",
                        "REPRISE_DB_URL", postgres.jdbcUrl(),
                        "REPRISE_TEMPORAL_ADDRESS", temporal.target(),
                        "REPRISE_TEMPORAL_NAMESPACE", temporal.namespace()),
                Path.of("no-such-reprise.yaml")));
    }

    @AfterAll
    static void stop() {
        api.close();
        temporal.close();
        postgres.close();
    }

    @Test
    void anOrderIsPlacedShownListedFollowedAndReplayed() throws IOException {
        Said placed = say("order", "place", order("o-1"), "--output", "json");
        Said shown = say("order", "show", "o-1", "--output", "json");
        Said listed = say("run", "list", "--feature", "order", "--name", "o-1", "--output", "json");
        Said logs = say("run", "logs", "order/o-1");
        Said documents = say("run", "logs", "order/o-1", "--ndjson");
        Said replayed = say("run", "replay", "order/o-1", "--output", "json");

        assertThat(placed.exitCode()).as(placed.err()).isEqualTo(ExitCode.DONE.code());
        assertThat(placed.json().path("orderId").asText()).isEqualTo("o-1");
        assertThat(shown.json().path("steps").findValuesAsText("id"))
                .containsExactly("create-order", "reserve-stock", "debit-account", "complete");
        assertThat(listed.json().path("items").findValuesAsText("workflowId")).containsExactly("order/o-1");
        assertThat(logs.out()).contains("accepted as order/o-1 from http");
        assertThat(documents.out().lines().toList())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{\"at\":\"").endsWith("}"));
        assertThat(replayed.exitCode()).as(replayed.err()).isEqualTo(ExitCode.DONE.code());
        assertThat(replayed.json().path("replays").asBoolean()).isTrue();
    }

    @Test
    void aRunIsStartedFromParameters() {
        Said started = say(
                "run",
                "start",
                "order/o-2",
                "--param",
                "accountId=acc-1",
                "--param",
                "currency=EUR",
                "--param",
                "lines=[{\"sku\":\"sku-1\",\"quantity\":1,\"unitPriceMinor\":100}]");

        assertThat(started.exitCode()).as(started.err()).isEqualTo(ExitCode.DONE.code());
        assertThat(started.out()).contains("order/o-2", "create-order");
    }

    @Test
    void aWaitThatTakesTooLongEndsWithItsOwnCode() throws IOException {
        Said waited = say("order", "place", order("o-3"), "--wait", "--timeout", "PT0.5S");

        assertThat(waited.exitCode()).isEqualTo(ExitCode.TIMED_OUT.code());
        assertThat(waited.err()).contains("waited PT0.5S");
    }

    @Test
    void whatIsWrongIsToldFieldByField() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"orderId\":\"a/b\",\"surprise\":1}");

        Said refused = say("order", "place", bad.toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(refused.err()).contains("/orderId", "/surprise", "expected");
    }

    @Test
    void aCancelThatNobodyCanAnswerYetSaysThatItIsNoted() {
        NewRun run = new NewRun(
                new WorkflowId("order/o-9"),
                "order",
                "order",
                new RunInput("{}"),
                StepMode.REGULAR,
                "test",
                RunOrder.FREE);
        ledger.acceptance().accept(run, new Lease("a lost starter", Duration.ofMinutes(5)));

        Said cancelled = say("order", "cancel", "o-9", "--reason", "changed my mind");

        assertThat(cancelled.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(cancelled.err()).contains("not started yet", "order/o-9", "the wish is noted");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(say("order", "show", "o-none").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(say("run", "show", "order/o-none").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(say("trigger", "show", "none").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(say("dlq", "show", "none").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(say("dlq", "replay", "none").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
    }

    @Test
    void emptyListsAreListsToo() {
        assertThat(say("trigger", "list", "--output", "json").json().path("items"))
                .isEmpty();
        assertThat(say("dlq", "list").out()).contains("none");
        assertThat(say("dlq", "list", "--grouped").out()).contains("none");
        assertThat(say("step", "retry", "--filter", "feature=order", "--dry-run")
                        .out())
                .contains("none");
    }

    @Test
    void aVerbThatNoWorkerAnswersIsUnavailable() throws IOException {
        say("order", "place", order("o-4"));

        Said cancelled = say("order", "cancel", "o-4", "--reason", "changed my mind");

        assertThat(cancelled.exitCode()).as(cancelled.err()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(cancelled.err()).contains("no worker answered within 5 s");
    }

    @Test
    void anApiThatIsNotThereIsUnavailableAndSaysWhatToStart() {
        Said refused = run("run", "list", "--url", "http://127.0.0.1:1");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(refused.err()).contains("http://127.0.0.1:1", "./reprise dev");
    }

    @Test
    void everyVerbHasHelpWithAnExample() {
        Main.commandLine().getSubcommands().forEach((group, commands) -> {
            if (GROUPS.contains(group)) {
                commands.getSubcommands()
                        .keySet()
                        .forEach(verb -> assertThat(run(group, verb, "--help").out())
                                .as(group + " " + verb)
                                .contains("Example", "reprise " + group + " " + verb));
            }
        });
    }

    private record Said(int exitCode, String out, String err) {

        JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("expected one JSON document and found: " + out + err, e);
            }
        }
    }

    private static Said say(String... words) {
        return run(
                Stream.concat(Arrays.stream(words), Stream.of("--url", api.uri().toString()))
                        .toArray(String[]::new));
    }

    private static Said run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
        return new Said(exitCode, out.toString(), err.toString());
    }

    private String order(String id) throws IOException {
        return Files.writeString(folder.resolve(id + ".json"), """
                        {"orderId":"%s","accountId":"acc-1","currency":"EUR",
                         "lines":[{"sku":"sku-101","quantity":2,"unitPriceMinor":1250}]}""".formatted(id))
                .toString();
    }
}
