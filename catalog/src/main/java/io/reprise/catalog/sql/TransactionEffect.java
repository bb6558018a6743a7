package io.reprise.catalog.sql;

/** What a statement does to the transaction that it runs in. A called procedure may do more: the fence finds that out. */
public enum TransactionEffect {
    NONE,
    /** Is refused by the database within a transaction, or silently without effect there. */
    OUTSIDE_ONLY,
    /** Commits what was done before it, unasked. */
    COMMITS,
    /** Begins, commits, rolls back or divides it by command. */
    CONTROLS
}
