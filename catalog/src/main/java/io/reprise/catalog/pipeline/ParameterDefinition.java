package io.reprise.catalog.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * A value that a run is given.
 *
 * @param fallback what holds where a run is given none; empty where every run must be given one
 * @param allowed all values that it may have; empty for any of its type
 */
public record ParameterDefinition(
        String name,
        ParameterType type,
        Optional<String> description,
        Optional<Object> fallback,
        List<Object> allowed) {

    public ParameterDefinition {
        allowed = List.copyOf(allowed);
    }

    /** Reads a text as a value; empty where it is none of this parameter. */
    public Optional<Object> read(String text) {
        return type.read(text).filter(value -> allowed.isEmpty() || allowed.contains(value));
    }

    /** What a value looks like, for messages. */
    public String expected() {
        if (allowed.isEmpty()) {
            return type.expected();
        }
        return "one of "
                + String.join(", ", allowed.stream().map(String::valueOf).toList());
    }
}
