package io.reprise.catalog.sql;

/** One thing that is wrong with an SQL text, found without asking a database. */
public record SqlProblem(Place place, String found, String expected) {

    @Override
    public String toString() {
        return place + ": found " + found + " (expected: " + expected + ")";
    }
}
