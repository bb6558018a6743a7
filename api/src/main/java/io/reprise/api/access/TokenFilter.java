package io.reprise.api.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;

/** Asks for the token on everything below {@code /api} and {@code /registry}; health, metrics and the description need none. */
@ServerFilter({"/api/**", "/registry/**"})
final class TokenFilter {

    private final Door door;

    TokenFilter(Door door) {
        this.door = door;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (door.token().isEmpty()) {
            return;
        }
        String shown = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (shown == null || !door.token().orElseThrow().isShownBy(shown)) {
            throw Refused.because(
                    ProblemType.UNAUTHORIZED,
                    shown == null
                            ? "found no Authorization header (expected: Authorization: Bearer <token>)"
                            : "found an Authorization header that does not fit (expected: Bearer <the token>)");
        }
    }
}
