package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.LogLine;
import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log of a run, read from what the ledger has of it. */
class RunLogTest {

    private static Stage stage;
    private static Caller caller;

    private final Instant begun = Instant.now();

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
    void whatStepsWroteRanAndCheckedStandsInOneLogByTime() {
        String run = place("log-1");
        said(run, 1, "hello");
        ran(run, 2, "insert into t\n  select :n", Optional.empty());
        found(run, 3, 0);
        ran(run, 4, "update t", Optional.of("no such table"));
        found(run, 5, 2);

        JsonNode log = logs(run, "");

        assertThat(messages(log))
                .contains("accepted as order/log-1 from http")
                .containsSubsequence(
                        "hello",
                        "7 rows in 12 ms: insert into t select :n",
                        "check conserved passed",
                        "7 rows in 12 ms: update t: no such table",
                        "check conserved found 2 offending rows");
        assertThat(log.at("/items").findValuesAsText("level")).contains("ERROR");
        JsonNode statement = log.at("/items").findValue("statement");
        assertThat(statement.at("/text").asText()).isEqualTo("insert into t\n  select :n");
        assertThat(statement.at("/parameters/n").asInt()).isEqualTo(1);
        assertThat(statement.at("/plan").asText()).isEqualTo("Seq Scan");
        assertThat(log.at("/items")
                        .findValues("check")
                        .getLast()
                        .at("/sample/0/sku")
                        .asText())
                .isEqualTo("pen");
    }

    @Test
    void everyLineIsReadOnceFromPageToPageAndWhatComesLaterFromItsPosition() {
        String run = place("log-2");
        for (int at = 0; at < 9; at += 3) {
            said(run, at, "line " + at);
            ran(run, at + 1, "select " + (at + 1), Optional.empty());
            found(run, at + 2, at + 2);
        }

        List<String> read = new ArrayList<>();
        JsonNode page = logs(run, "?of=work&limit=2");
        read.addAll(messages(page));
        while (page.has("next")) {
            page = logs(run, "?of=work&limit=2&cursor=" + page.at("/next").asText());
            read.addAll(messages(page));
        }
        said(run, 10, "late");
        JsonNode later = logs(run, "?of=work&cursor=" + page.at("/position").asText());

        assertThat(read)
                .containsExactlyElementsOf(IntStream.range(0, 9)
                        .mapToObj(at -> switch (at % 3) {
                            case 0 -> "line " + at;
                            case 1 -> "7 rows in 12 ms: select " + at;
                            default -> "check conserved found " + at + " offending rows";
                        })
                        .toList());
        assertThat(messages(later)).containsExactly("late");
        assertThat(later.has("next")).isFalse();
    }

    @Test
    void aPlaceThatNoPageToldIsRefused() {
        place("log-3");

        Caller.Answer answer = caller.get("/api/v1/runs/order%2Flog-3/logs?cursor=7&limit=1000&of=all");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors").findValuesAsText("pointer")).containsExactly("of", "limit", "cursor");
    }

    private void said(String run, int second, String line) {
        stage.ledger()
                .runLogs()
                .append(List.of(new LogLine(run, at(second), Optional.of("print"), LogLine.Level.INFO, line)));
    }

    private void ran(String run, int second, String statement, Optional<String> error) {
        stage.ledger()
                .runStatements()
                .append(List.of(new RunStatement(
                        run,
                        at(second),
                        "capture",
                        false,
                        1,
                        1,
                        statement,
                        "{\"n\":1}",
                        OptionalLong.of(7),
                        Duration.ofMillis(12),
                        Optional.of("Seq Scan"),
                        error)));
    }

    private void found(String run, int second, int offending) {
        stage.ledger()
                .runChecks()
                .append(List.of(
                        new RunCheck(run, at(second), "verify", 1, "conserved", offending, "[{\"sku\":\"pen\"}]")));
    }

    private Instant at(int second) {
        return begun.plusSeconds(second);
    }

    private static JsonNode logs(String run, String query) {
        return caller.get("/api/v1/runs/" + run + "/logs" + query).json();
    }

    private static List<String> messages(JsonNode log) {
        return log.at("/items").findValuesAsText("message");
    }

    private static String place(String id) {
        caller.post(
                "/api/v1/orders",
                "{\"orderId\":\"" + id + "\",\"accountId\":\"acc-1\",\"currency\":\"EUR\","
                        + "\"lines\":[{\"sku\":\"sku-1\",\"quantity\":1,\"unitPriceMinor\":1}]}");
        return caller.get("/api/v1/runs/order%2F" + id).json().at("/id").asText();
    }
}
