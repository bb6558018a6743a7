package io.reprise.db.stream;

/** Where a stopped stream goes on, when an operator says so. */
public enum GoOnFrom {
    /** At the first record that the other log has. */
    BEGINNING,
    /** Behind the last record that the other log has. */
    END,
    /** Behind the last row that the table has, because its checkpoint is older. */
    TABLE
}
