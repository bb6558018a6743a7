package io.reprise.catalog.contract;

import io.reprise.catalog.shared.FilePlace;

/** A text that is no Avro schema, or one that nobody could use. */
public final class BadSchema extends Exception {

    private final String path;
    private final int line;
    private final int column;
    private final String found;
    private final String expected;

    BadSchema(JsonPlaces.At at, String found, String expected) {
        super("cannot read a schema" + at.words() + ": found " + found + " (expected: " + expected + ")");
        this.path = at.path();
        this.line = at.line();
        this.column = at.column();
        this.found = found;
        this.expected = expected;
    }

    /** A JSON pointer to what is wrong; empty for the whole. */
    public String path() {
        return path;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }

    FilePlace placeIn(String file) {
        return new FilePlace(file, line, column);
    }
}
