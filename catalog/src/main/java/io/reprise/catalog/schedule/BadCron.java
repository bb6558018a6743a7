package io.reprise.catalog.schedule;

/** A text that is no cron expression, or one that never fires. */
public final class BadCron extends Exception {

    private final String found;
    private final String expected;

    BadCron(String found, String expected) {
        super("cannot schedule by " + found + " (expected: " + expected + ")");
        this.found = found;
        this.expected = expected;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
