package io.reprise.api.shared;

import io.micronaut.http.HttpStatus;

/** Every way in which the api says no. The words are part of the contract: scripts compare them. */
public enum ProblemType {
    MALFORMED(HttpStatus.BAD_REQUEST, "malformed", "The request cannot be read"),
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "unauthorized", "A token is needed"),
    FOREIGN_ORIGIN(HttpStatus.FORBIDDEN, "foreign-origin", "The request comes from elsewhere"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "The method does not fit the path"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "The answer has another form"),
    OTHER_CONTENT(HttpStatus.CONFLICT, "other-content", "The id is taken by other content"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.CONFLICT, "idempotency-key-reused", "The key was used for another request"),
    TOO_LATE(HttpStatus.CONFLICT, "too-late", "It has happened and cannot be undone"),
    RUN_ENDED(HttpStatus.CONFLICT, "run-ended", "The run has ended"),
    NOT_POSSIBLE(HttpStatus.CONFLICT, "not-possible", "The state does not allow it"),
    TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body has another form"),
    INVALID(HttpStatus.UNPROCESSABLE_ENTITY, "invalid", "The request is not valid"),
    REJECTED(HttpStatus.BAD_REQUEST, "rejected", "The request was rejected"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong here"),
    LEDGER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "ledger-unavailable", "The ledger does not answer"),
    LEDGER_RESTORED(HttpStatus.SERVICE_UNAVAILABLE, "ledger-restored", "The ledger is older than what it records"),
    TEMPORAL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "temporal-unavailable", "Temporal does not answer"),
    NO_WORKER(HttpStatus.SERVICE_UNAVAILABLE, "no-worker", "No worker answers"),
    NOT_STARTED(HttpStatus.SERVICE_UNAVAILABLE, "not-started", "The run is not started yet");

    private final HttpStatus status;
    private final String word;
    private final String title;

    ProblemType(HttpStatus status, String word, String title) {
        this.status = status;
        this.word = word;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String uri() {
        return "urn:reprise:problem:" + word;
    }

    public String title() {
        return title;
    }

    static ProblemType of(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> UNAUTHORIZED;
            case FORBIDDEN -> FOREIGN_ORIGIN;
            case NOT_FOUND -> NOT_FOUND;
            case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
            case REQUEST_ENTITY_TOO_LARGE -> TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
            case UNPROCESSABLE_ENTITY -> INVALID;
            case BAD_REQUEST -> MALFORMED;
            default -> status.getCode() < 500 ? REJECTED : INTERNAL;
        };
    }
}
