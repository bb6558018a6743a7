package io.reprise.api.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Says no in the form that clients of the registry read. */
@Singleton
final class RegistryRefusedHandler implements ExceptionHandler<RegistryRefused, HttpResponse<String>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public HttpResponse<String> handle(HttpRequest request, RegistryRefused refused) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("error_code", refused.reason().code())
                .put("message", String.valueOf(refused.getMessage()))
                .toString();
        return HttpResponse.<String>status(HttpStatus.valueOf(refused.reason().status()))
                .contentType(RegistryAnswer.MEDIA_TYPE)
                .body(body);
    }
}
