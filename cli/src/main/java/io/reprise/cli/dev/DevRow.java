package io.reprise.cli.dev;

/** One line of what runs where. */
record DevRow(String what, String where, String note) {}
