package io.reprise.activities.sql;

import java.sql.SQLException;
import java.util.Set;

/** MariaDB's own numbers, where the state says too little. */
final class MariaDbErrors {

    /** Too many sessions or statements of this user right now; the state is that of a denied access. */
    private static final Set<Integer> BUSY = Set.of(1203, 1226);

    /**
     * Under the state of all other errors: an object that cannot be made, an unknown variable, a missing or a wrong value, a
     * view or trigger that is broken, what a read-only table or a virtual column does not take.
     */
    private static final Set<Integer> LASTING = Set.of(
            1005, 1036, 1193, 1195, 1235, 1238, 1253, 1265, 1267, 1270, 1271, 1273, 1286, 1292, 1293, 1296, 1356, 1364,
            1366, 1411, 1418, 1442, 1449, 1471, 1525, 1901, 1906, 1907, 1948, 4078, 4161);

    private MariaDbErrors() {}

    static boolean isTransient(SQLException failure, boolean byState) {
        int error = failure.getErrorCode();
        return BUSY.contains(error) || (byState && !LASTING.contains(error));
    }
}
