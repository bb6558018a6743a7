package io.reprise.api.shared;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.reprise.catalog.shared.FieldError;
import java.util.List;

/** No id and no filter has a NUL in it, which the ledger could not even be asked for. */
@ServerFilter({"/api/**", "/registry/**"})
final class NulFilter {

    private static final String NUL = "%00";

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (String.valueOf(request.getUri().getRawPath()).contains(NUL)) {
            throw Refused.notFound("anything", request.getUri().getRawPath());
        }
        request.getParameters().forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw Refused.because(
                        ProblemType.INVALID,
                        "the query cannot be read",
                        List.of(new FieldError(name, "a NUL", "text without one")));
            }
        });
    }
}
