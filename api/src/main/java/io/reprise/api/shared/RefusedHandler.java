package io.reprise.api.shared;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

@Singleton
final class RefusedHandler implements ExceptionHandler<Refused, HttpResponse<Problem>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public HttpResponse<Problem> handle(HttpRequest request, Refused refused) {
        MutableHttpResponse<Problem> response = HttpResponse.<Problem>status(
                        refused.type().status())
                .contentType(Problem.MEDIA_TYPE)
                .body(Problem.of(refused, request));
        refused.retryAfterSeconds()
                .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        return response;
    }
}
