package io.reprise.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {

    @Test
    void aTakenPortIsRefusedInWords() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(Map.of("REPRISE_HTTP_PORT", Integer.toString(taken.getLocalPort()))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageEndingWith("(expected: a free port in REPRISE_HTTP_PORT, or 0 for any)");
        }
    }

    @Test
    void aTokenThatCannotBeReadIsRefusedInWords(@TempDir Path folder) {
        Path token = folder.resolve("none");

        assertThatThrownBy(() -> start(Map.of("REPRISE_TOKEN_FILE", token.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read the token of REPRISE_TOKEN_FILE=" + token);
    }

    @Test
    void aTokenThatIsTooShortIsRefusedInWords(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "abc");

        assertThatThrownBy(() -> start(Map.of("REPRISE_TOKEN_FILE", token.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has 3 characters");
    }

    private static void start(Map<String, String> differing) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "REPRISE_HTTP_PORT", "0",
                "REPRISE_DB_URL", "jdbc:postgresql://127.0.0.1:1/none",
                "REPRISE_TEMPORAL_ADDRESS", "127.0.0.1:1"));
        environment.putAll(differing);
        Api.start(ApiSettings.read(environment, Path.of("no-such-reprise.yaml")))
                .close();
    }
}
