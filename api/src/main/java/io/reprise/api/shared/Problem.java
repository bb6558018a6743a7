package io.reprise.api.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import java.util.List;

/**
 * An error as problem+json (RFC 9457).
 *
 * @param instance the path of the request that failed
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(ProblemType type, String detail, List<FieldError> errors, HttpRequest<?> request) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status().getCode(),
                detail,
                request.getUri().getRawPath(),
                errors);
    }
}
