package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.WaitFor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Looks whether an address is answered as it should be. */
final class WaitedAnswer {

    private static final int MOST_READ = 1_000_000;

    private WaitedAnswer() {}

    /** Fails with what was answered instead. */
    static void look(HttpClient http, URI address, WaitFor.Answer wanted, Duration limit) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(limit).GET().build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                check(address, answer.statusCode(), body, wanted);
            }
        } catch (IOException silent) {
            throw WorldWaits.notYet("cannot ask " + address + ": " + silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw WorldWaits.notYet("was stopped while it asked " + address);
        }
    }

    private static void check(URI address, int status, InputStream body, WaitFor.Answer wanted) throws IOException {
        if (status != wanted.status()) {
            throw WorldWaits.notYet(address + " answered " + status + " (expected: " + wanted.status() + ")");
        }
        if (wanted.contains().isPresent()) {
            String text = new String(body.readNBytes(MOST_READ), StandardCharsets.UTF_8);
            if (!text.contains(wanted.contains().get())) {
                throw WorldWaits.notYet(
                        address + " answered without '" + wanted.contains().get() + "'");
            }
        }
    }
}
