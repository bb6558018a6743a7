package io.reprise.api.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.reprise.catalog.shared.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * An error as problem+json (RFC 9457).
 *
 * @param instance the path of the request that failed
 * @param outcome of the run that has ended, where that is the reason
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Ending> outcome) {

    static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(Refused refused, HttpRequest<?> request) {
        return of(refused.type(), refused.type().status(), refused.detail(), request)
                .with(refused.errors(), refused.outcome());
    }

    static Problem of(ProblemType type, HttpStatus status, String detail, HttpRequest<?> request) {
        return new Problem(
                type.uri(),
                type.title(),
                status.getCode(),
                detail,
                request.getUri().getRawPath(),
                List.of(),
                Optional.empty());
    }

    private Problem with(List<FieldError> wrong, Optional<Ending> ending) {
        return new Problem(type, title, status, detail, instance, wrong, ending);
    }
}
