package io.reprise.api.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Without a token, whatever this machine's browser opens could call the api: by a name that resolves to loopback, or by a
 * form that posts to it. Both give themselves away in the Host and Origin headers.
 */
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LoopbackFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Door door;

    LoopbackFilter(Door door) {
        this.door = door;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (door.token().isPresent()) {
            return;
        }
        String host = request.getHeaders().get(HttpHeaders.HOST);
        if (host == null || !isLoopback(withoutPort(host))) {
            throw refused("Host", host == null ? "" : host);
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin != null && !origin.equals("http://" + host)) {
            throw refused("Origin", origin);
        }
    }

    private boolean isLoopback(String named) {
        return LOOPBACK.contains(named) || named.equals(door.host().toLowerCase(Locale.ROOT));
    }

    private static Refused refused(String header, String found) {
        return Refused.because(
                ProblemType.FOREIGN_ORIGIN,
                "found the header " + header + ": " + found + " (expected without a token: this machine, as in "
                        + URI.create("http://127.0.0.1:8080") + ")");
    }

    private static String withoutPort(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    }
}
