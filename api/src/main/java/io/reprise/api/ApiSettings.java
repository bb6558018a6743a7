package io.reprise.api;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the api listens and what callers must show.
 *
 * @param port 0 for any free one
 * @param temporalUi where people open Temporal's own pages, for the links of a run
 */
public record ApiSettings(String host, int port, Optional<Path> tokenFile, URI temporalUi) {

    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
    public static final URI DEFAULT_TEMPORAL_UI = URI.create("http://127.0.0.1:8233");

    public ApiSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "cannot listen on REPRISE_HTTP_PORT=" + port + " (expected: 0 to 65535, 0 for any free port)");
        }
        if (tokenFile.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException("cannot listen on REPRISE_HTTP_HOST=" + host
                    + " without a token: everyone who reaches this machine could run and undo workflows"
                    + " (expected: REPRISE_TOKEN_FILE, or REPRISE_HTTP_HOST=" + DEFAULT_HOST + ")");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "cannot listen on REPRISE_HTTP_HOST=" + host + ": no such host is known here", e);
        }
    }
}
