package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private static final Duration SOON = Duration.ofSeconds(30);

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
    void aFollowerThatGoesAwayIsForgotten() throws Exception {
        CountDownLatch gate = stage.shop().gate("f-1", "debit-account");
        place("f-1");

        try (HttpClient client = HttpClient.newHttpClient()) {
            List<InputStream> followers = new ArrayList<>();
            for (int follower = 0; follower < 5; follower++) {
                followers.add(follow(client, "f-1"));
            }
            await().atMost(SOON).until(() -> followersNow() == 5);
            for (InputStream follower : followers) {
                follower.close();
            }

            await().atMost(SOON).until(() -> followersNow() == 0);
        }
        gate.countDown();
    }

    @Test
    void aFollowerOfARunThatEndsIsLetGo() {
        place("f-2");

        assertThat(caller.get("/api/v1/runs/order%2Ff-2/events").body()).contains("event: ended");
        await().atMost(SOON).until(() -> followersNow() == 0);
    }

    @Test
    @Tag("slow")
    void silenceIsFilledWithCommentsThatAreNoEvents() throws Exception {
        CountDownLatch gate = stage.shop().gate("f-3", "debit-account");
        place("f-3");
        List<String> lines = new ArrayList<>();

        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader events =
                        new BufferedReader(new InputStreamReader(follow(client, "f-3"), StandardCharsets.UTF_8))) {
            do {
                lines.add(events.readLine());
            } while (!lines.getLast().startsWith(":"));
            gate.countDown();
            events.lines().forEach(lines::add);
        }

        assertThat(lines).contains(": keep-alive", "event: ended");
        assertThat(lines).filteredOn(line -> line.startsWith("event:")).containsOnly("event: changed", "event: ended");
        assertThat(lines).filteredOn(line -> line.startsWith("data:")).allMatch(line -> line.contains("order/f-3"));
    }

    private static InputStream follow(HttpClient client, String orderId) throws IOException, InterruptedException {
        return client.send(
                        caller.request("/api/v1/runs/order%2F" + orderId + "/events")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private static double followersNow() {
        return caller.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("reprise_run_followers "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(-1);
    }

    private static void place(String id) {
        Caller.Answer placed = caller.post("/api/v1/orders", """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":1,"unitPriceMinor":1250}]}""".formatted(id));
        assertThat(placed.status()).as(placed.body()).isEqualTo(202);
    }
}
