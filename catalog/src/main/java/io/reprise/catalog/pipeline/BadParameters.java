package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** Parameters with which a pipeline cannot be run. */
public final class BadParameters extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    BadParameters(String pipeline, List<FieldError> errors) {
        super("cannot run " + pipeline + ": "
                + errors.stream()
                        .map(it -> it.pointer() + ": found " + it.found() + ", expected " + it.expected())
                        .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** Everything that is wrong, with JSON pointers into the parameters. */
    public List<FieldError> errors() {
        return errors;
    }
}
