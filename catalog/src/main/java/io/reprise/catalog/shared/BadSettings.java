package io.reprise.catalog.shared;

import java.util.List;

/** Settings with which no process starts. The message tells all that is wrong with them. */
public final class BadSettings extends RuntimeException {

    private final List<String> problems;

    BadSettings(List<String> problems) {
        super("cannot start with these settings:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
