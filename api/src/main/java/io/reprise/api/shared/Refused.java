package io.reprise.api.shared;

import java.util.List;
import java.util.Optional;

/** A request that is answered with a problem: what was asked, what was found and what was expected. */
public final class Refused extends RuntimeException {

    private static final int RETRY_SECONDS = 2;

    private final ProblemType type;
    private final List<FieldError> errors;

    private Refused(ProblemType type, String detail, List<FieldError> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    public static Refused because(ProblemType type, String detail) {
        return new Refused(type, detail, List.of());
    }

    public static Refused because(ProblemType type, String detail, List<FieldError> errors) {
        return new Refused(type, detail, errors);
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

    /** After how many seconds the same request may well succeed. */
    Optional<Integer> retryAfterSeconds() {
        return type.status().getCode() == 503 ? Optional.of(RETRY_SECONDS) : Optional.empty();
    }
}
