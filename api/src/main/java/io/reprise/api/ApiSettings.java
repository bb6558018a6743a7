package io.reprise.api;

import io.reprise.catalog.order.OrderSettings;
import io.reprise.catalog.shared.ServerSettings;
import io.reprise.catalog.shared.Setting;
import io.reprise.catalog.shared.Settings;
import io.reprise.workflows.run.StepMode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the api listens, what callers must show, and where the ledger and Temporal are.
 *
 * @param port 0 for any free one
 * @param shop whose kit tells, where it lies apart from the ledger, that the ledger was restored
 * @param temporalUi where people open Temporal's own pages, for the links of a run
 * @param stepMode how the steps of runs accepted here are executed first
 */
public record ApiSettings(
        String host,
        int port,
        Optional<Path> tokenFile,
        ServerSettings.Database ledger,
        int ledgerConnections,
        ServerSettings.Database shop,
        ServerSettings.Temporal temporal,
        URI temporalUi,
        StepMode stepMode) {

    private static final Setting<String> HOST = Setting.text("http.host", "127.0.0.1");
    private static final Setting<Integer> PORT = Setting.port("http.port", 8080);
    private static final Setting<Optional<Path>> TOKEN_FILE = Setting.path("token-file");
    private static final Setting<Integer> DB_POOL = Setting.integer("db.pool", 16, 1, 500);
    private static final Setting<URI> TEMPORAL_UI = Setting.url("temporal.ui", URI.create("http://127.0.0.1:8233"));

    /** Every setting that the api reads. */
    static final List<Setting<?>> ALL = Stream.concat(
                    ServerSettings.declared().stream(),
                    Stream.of(HOST, PORT, TOKEN_FILE, DB_POOL, TEMPORAL_UI, OrderSettings.STEP_MODE))
            .toList();

    public ApiSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("cannot listen on " + PORT.variable() + "=" + port
                    + " (expected: 0 to 65535, 0 for any free port)");
        }
        if (tokenFile.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException("cannot listen on " + HOST.variable() + "=" + host
                    + " without a token: everyone who reaches this machine could run and undo workflows"
                    + " (expected: " + TOKEN_FILE.variable() + ", or " + HOST.variable() + "=" + HOST.fallback() + ")");
        }
    }

    /**
     * Reads the environment first, then the file, then the defaults.
     *
     * @param file a {@code reprise.yaml}, which need not be there
     */
    public static ApiSettings read(Map<String, String> environment, Path file) {
        Settings settings = Settings.read(environment, file, ALL);
        ServerSettings servers = ServerSettings.from(settings);
        return new ApiSettings(
                settings.get(HOST),
                settings.get(PORT),
                settings.get(TOKEN_FILE),
                servers.ledger(),
                settings.get(DB_POOL),
                servers.shop(),
                servers.temporal(),
                settings.get(TEMPORAL_UI),
                settings.get(OrderSettings.STEP_MODE));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "cannot listen on " + HOST.variable() + "=" + host + ": no such host is known here", e);
        }
    }
}
