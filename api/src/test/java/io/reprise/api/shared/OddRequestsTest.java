package io.reprise.api.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody asks by intention: it is refused like anything else that is wrong, and never an error of the server. */
class OddRequestsTest {

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

    @ParameterizedTest
    @CsvSource({
        "/runs?name=a%00b, name",
        "/runs?feature=%00, feature",
        "/runs?slot=%00, slot",
        "/runs?since=1969-12-31T00:00:00Z, since",
        "/runs?since=%2B1000000000-01-01T00:00:00Z, since",
        "/runs?since=yesterday, since",
        "/runs?cursor=-1, cursor",
        "/runs?limit=0, limit",
        "/runs?limit=99999999999999999999, limit",
        "/runs?forward=nowhere, forward",
        "/dead-letters?trigger=%00, trigger",
        "/dead-letters?fingerprint=%00, fingerprint",
        "/dead-letters?status=%00, status",
        "/audits/x?cursor=%00, cursor",
    })
    void aQueryIsRefusedWithTheNameOfWhatIsWrong(String path, String pointer) {
        Caller.Answer answer = caller.get("/api/v1" + path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/type").asText()).isEqualTo("urn:reprise:problem:invalid");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/", "/triggers/", "/dead-letters/", "/audits/", "/orders/"})
    void anIdThatNothingCanHaveIsNotFound(String path) {
        for (String id :
                new String[] {"%00", "a%00", "%2F..%2F", "%C3%BC", "%F0%9F%98%80", "%ED%A0%80", "x".repeat(300)}) {
            Caller.Answer answer = caller.get("/api/v1" + path + id);

            assertThat(answer.status()).as(path + id + answer.body()).isEqualTo(404);
            assertThat(answer.json().at("/type").asText()).isEqualTo("urn:reprise:problem:not-found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dead-letters/replay | {\"ids\":[\"\\u0000\"]} | /ids/0",
                "/dead-letters/discard | {\"ids\":[\"a\",7],\"reason\":\"r\"} | /ids/1",
                "/dead-letters/discard | {\"ids\":[\"a\"],\"reason\":\"\\u0000\"} | /reason",
                "/steps/retry | {\"step\":\"\\u0000\"} | /step",
                "/steps/skip | {\"feature\":\"order\"} | /reason",
                "/runs | {\"kind\":\"nothing\",\"name\":\"n\",\"input\":{}} | /kind",
                "/triggers/orders-placed/pause | {\"reason\":\"\"} | /reason",
            })
    void aBodyIsRefusedWithAPointerToWhatIsWrong(String path, String body, String pointer) {
        Caller.Answer answer = caller.post("/api/v1" + path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors").findValuesAsText("pointer")).contains(pointer);
    }
}
