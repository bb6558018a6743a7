package io.reprise.activities.sql;

import java.sql.SQLException;
import java.util.Set;

/** H2's own class of codes. */
final class H2Errors {

    private static final int OWN_CLASS = 90_000;

    /** An unknown type and a feature that is not there, under states that say neither. */
    private static final Set<Integer> LASTING = Set.of(50_004, 50_100);

    /** Closed or broken sessions and files, a row that another was faster to change, a database taken by another process. */
    private static final Set<Integer> TRANSIENT = Set.of(
            90_007, 90_020, 90_028, 90_031, 90_067, 90_097, 90_098, 90_108, 90_112, 90_121, 90_131, 90_135, 90_143);

    private H2Errors() {}

    static boolean isTransient(SQLException failure, boolean byState) {
        int code = failure.getErrorCode();
        return code < OWN_CLASS ? byState && !LASTING.contains(code) : TRANSIENT.contains(code);
    }
}
