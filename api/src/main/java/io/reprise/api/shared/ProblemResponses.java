package io.reprise.api.shared;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Every error that the framework answers itself (no such path, wrong method, body too large) as a problem. */
@Singleton
@Primary
final class ProblemResponses implements ErrorResponseProcessor<Problem> {

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = response.status();
        ProblemType type = ProblemType.of(status);
        Problem problem = Problem.of(type, status, detail(type, context), context.getRequest());
        return response.contentType(Problem.MEDIA_TYPE).body(problem);
    }

    private static String detail(ProblemType type, ErrorContext context) {
        if (type == ProblemType.INTERNAL) {
            return "the request failed in a way that nobody foresaw; the api's log has the cause";
        }
        return context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
    }
}
