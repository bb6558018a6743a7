package io.reprise.cli.shared;

/** A table for people, or one JSON document for scripts. */
public enum OutputFormat {
    TABLE,
    JSON
}
