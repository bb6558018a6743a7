package io.reprise.api.shared;

import io.reprise.catalog.shared.FieldError;
import java.util.List;
import java.util.Optional;

/** A request that is answered with a problem: what was asked, what was found and what was expected. */
public final class Refused extends RuntimeException {

    private static final int RETRY_SECONDS = 2;

    private final ProblemType type;
    private final List<FieldError> errors;

    private final Optional<Ending> outcome;

    private Refused(ProblemType type, String detail, List<FieldError> errors, Optional<Ending> outcome) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.outcome = outcome;
    }

    public static Refused because(ProblemType type, String detail) {
        return new Refused(type, detail, List.of(), Optional.empty());
    }

    public static Refused because(ProblemType type, String detail, List<FieldError> errors) {
        return new Refused(type, detail, errors, Optional.empty());
    }

    public static Refused because(ProblemType type, String detail, Ending outcome) {
        return new Refused(type, detail, List.of(), Optional.of(outcome));
    }

    public static Refused notFound(String what, String id) {
        return because(ProblemType.NOT_FOUND, "looked for " + what + " '" + id + "' and found none");
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return Optional.ofNullable(getMessage()).orElse("");
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Optional<Ending> outcome() {
        return outcome;
    }

    /** After how many seconds the same request may well succeed. */
    Optional<Integer> retryAfterSeconds() {
        return type.status().getCode() == 503 ? Optional.of(RETRY_SECONDS) : Optional.empty();
    }
}
