package io.reprise.catalog.sql;

/** What sort of thing a statement does. */
public enum StatementKind {
    /** Answers rows, and is not known to change any. */
    QUERY,
    /** Changes rows, whether or not it answers some. */
    CHANGE,
    /** Makes, alters, empties or drops something, or says who may use it. */
    DEFINITION,
    /** Begins, ends or divides a transaction. */
    TRANSACTION,
    /** Is for the database's command-line client, and no SQL. */
    CLIENT_COMMAND,
    /** All else: calls, settings, maintenance. */
    OTHER
}
