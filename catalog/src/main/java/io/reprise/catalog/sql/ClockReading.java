package io.reprise.catalog.sql;

/** A place where a statement reads the time of day, so that it would answer otherwise when it runs again. */
public record ClockReading(String words, Place place) {}
