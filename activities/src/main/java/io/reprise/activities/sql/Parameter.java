package io.reprise.activities.sql;

/**
 * What a name in a statement stands for.
 *
 * @param secret whether it may appear in no message and no log
 */
public record Parameter(SqlValue value, boolean secret) {

    public static final String MASK = "***";
    private static final int LONGEST_SHOWN = 200;

    public static Parameter of(SqlValue value) {
        return new Parameter(value, false);
    }

    public static Parameter secret(SqlValue value) {
        return new Parameter(value, true);
    }

    /** For messages and logs: shortened, and masked where it is a secret. */
    public String shown() {
        return secret ? MASK : Shortened.to(LONGEST_SHOWN, value.shown());
    }

    @Override
    public String toString() {
        return shown();
    }
}
