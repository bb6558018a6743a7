package io.reprise.catalog.trigger;

import io.reprise.catalog.shared.FieldError;
import java.util.List;

/** A record that can never become a run, with everything that is wrong with it. */
final class BadRecord extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String what;
    private final transient List<FieldError> errors;

    BadRecord(String code, String what, List<FieldError> errors) {
        super(code + " " + what + ": " + errors);
        this.code = code;
        this.what = what;
        this.errors = List.copyOf(errors);
    }

    static BadRecord invalid(List<FieldError> errors) {
        return new BadRecord(RecordReading.Refused.INVALID, "a record", errors);
    }

    String code() {
        return code;
    }

    /** What could not be read, such as {@code an order}. */
    String what() {
        return what;
    }

    List<FieldError> errors() {
        return errors;
    }
}
