package io.reprise.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaughtUpTest {

    private final Queue<String> answers = new ArrayDeque<>();
    private final StringWriter said = new StringWriter();
    private HttpServer api;

    @BeforeEach
    void answerFromTheQueueAndTheLastOneForEver() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/api/v1/streams/events", exchange -> {
            String answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        api.start();
    }

    @AfterEach
    void endApi() {
        api.stop(0);
    }

    @Test
    void aLagOfNoneThatWasToldBeforeTheWishDoesNotCount() {
        answers.addAll(List.of(
                stream("RUNNING", 1, 0),
                stream("RUNNING", 2, 0),
                stream("RUNNING", 2, 0),
                stream("RUNNING", 3, 700),
                stream("RUNNING", 4, 0)));

        assertThat(show("--wait")).isEqualTo(ExitCode.DONE.code());

        assertThat(said.toString()).contains("2026-11-19T12:00:04Z");
    }

    @Test
    void aLagThatNobodyKnowsIsNotNone() {
        answers.addAll(
                List.of(unread("STARTING", 1), unread("STARTING", 2), unread("RUNNING", 3), stream("RUNNING", 4, 0)));

        assertThat(show("--wait")).isEqualTo(ExitCode.DONE.code());

        assertThat(said.toString()).contains("2026-11-19T12:00:04Z");
    }

    @Test
    void theWaitEnds() {
        answers.add(stream("RUNNING", 1, 12));

        assertThat(show("--wait", "--timeout", "PT0.5S")).isEqualTo(ExitCode.TIMED_OUT.code());

        assertThat(said.toString()).contains("waited PT0.5S for stream events, which is RUNNING", "12 records");
    }

    @Test
    void aStreamThatDoesNotLoadIsNotWaitedFor() {
        answers.add(stream("PAUSED", 1, 12).replace("false", "true, \"pausedReason\": \"the warehouse is moved\""));

        assertThat(show("--wait")).isEqualTo(ExitCode.REFUSED.code());

        assertThat(said.toString()).contains("found it PAUSED, the warehouse is moved");
    }

    private int show(String... options) {
        PrintWriter printer = new PrintWriter(said);
        String[] words = {
            "stream",
            "show",
            "events",
            "--url",
            "http://127.0.0.1:" + api.getAddress().getPort()
        };
        String[] all = Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return Main.commandLine().setOut(printer).setErr(printer).execute(all);
    }

    private static String stream(String state, int second, long lag) {
        return json(state, second, "{\"partition\": 0, \"position\": 0, \"end\": " + lag + ", \"lag\": " + lag + "}");
    }

    private static String unread(String state, int second) {
        return json(state, second, "");
    }

    private static String json(String state, int second, String lag) {
        return """
                {"name": "events", "topic": "shop.events", "connection": "warehouse", "state": "%s", "paused": false,
                 "lag": [%s], "updatedAt": "2026-11-19T12:00:0%dZ"}""".formatted(state, lag, second);
    }
}
