package io.reprise.db.trigger;

/** Where reading goes on in a log that an operator lets count. */
public enum ReadFrom {
    /** At the first record that the log still has: what was accepted before is not accepted twice. */
    BEGINNING,
    /** Behind the last record that it had when the trigger stopped: none of them is read. */
    END
}
