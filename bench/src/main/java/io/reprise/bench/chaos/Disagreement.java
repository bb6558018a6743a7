package io.reprise.bench.chaos;

/** Two sources that should tell one story and do not. */
record Disagreement(String subject, String found, String expected) {

    @Override
    public String toString() {
        return subject + ": found " + found + " (expected: " + expected + ")";
    }
}
