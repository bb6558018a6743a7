package io.reprise.catalog.shared;

/** A text that is no JSON document. */
public final class MalformedJson extends Exception {

    private final String found;
    private final String expected;

    MalformedJson(String found, String expected) {
        super("cannot read JSON: found " + found + " (expected: " + expected + ")");
        this.found = found;
        this.expected = expected;
    }

    public FieldError error() {
        return new FieldError("", found, expected);
    }
}
