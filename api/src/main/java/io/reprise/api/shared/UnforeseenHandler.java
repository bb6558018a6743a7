package io.reprise.api.shared;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outermost net: what nobody foresaw is logged with its cause and answered without it. */
@Singleton
final class UnforeseenHandler implements ExceptionHandler<RuntimeException, HttpResponse<Problem>> {

    private static final Logger log = LoggerFactory.getLogger(UnforeseenHandler.class);

    private final Outages outages;

    UnforeseenHandler(Outages outages) {
        this.outages = outages;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public HttpResponse<Problem> handle(HttpRequest request, RuntimeException failure) {
        return outages.refusal(failure)
                .map(refused -> new RefusedHandler().handle(request, refused))
                .orElseGet(() -> unforeseen(request, failure));
    }

    private static HttpResponse<Problem> unforeseen(HttpRequest<?> request, RuntimeException failure) {
        log.error("{} {} failed; it is answered with 500", request.getMethod(), request.getUri(), failure);
        return HttpResponse.<Problem>serverError()
                .contentType(Problem.MEDIA_TYPE)
                .body(Problem.of(
                        ProblemType.INTERNAL,
                        ProblemType.INTERNAL.status(),
                        "the request failed in a way that nobody foresaw; the api's log has the cause",
                        request));
    }
}
