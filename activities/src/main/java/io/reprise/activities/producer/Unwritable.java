package io.reprise.activities.producer;

/** A value that its form cannot make a record of: it never will. */
public final class Unwritable extends Exception {

    private static final long serialVersionUID = 1L;

    public Unwritable(String found, String expected, Throwable cause) {
        super("cannot write a record: found " + found + " (expected: " + expected + ")", cause);
    }

    public Unwritable(String found, String expected) {
        super("cannot write a record: found " + found + " (expected: " + expected + ")");
    }

    /** For whatever a form throws. */
    static String words(Exception thrown) {
        return thrown instanceof Unwritable
                ? String.valueOf(thrown.getMessage())
                : "cannot write a record: found " + thrown + " (expected: a form that answers each value)";
    }
}
