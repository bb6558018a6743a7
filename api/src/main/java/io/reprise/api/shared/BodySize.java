package io.reprise.api.shared;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/** A catalog comes in whole, with hundreds of pipelines; nothing else that is sent has a reason to be long. */
@ServerFilter({"/api/**", "/registry/**"})
public final class BodySize {

    /** The longest body that there is, which the server refuses while it comes in. */
    public static final int OF_A_CATALOG = 32 << 20;

    private static final int OF_ALL_ELSE = 1 << 20;
    private static final String CATALOG = "/api/v1/catalog/";

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getContentLength() > OF_ALL_ELSE && !request.getPath().startsWith(CATALOG)) {
            throw Refused.because(
                    ProblemType.TOO_LARGE,
                    "the body has " + request.getContentLength() + " bytes (expected: at most " + OF_ALL_ELSE + ")");
        }
    }
}
